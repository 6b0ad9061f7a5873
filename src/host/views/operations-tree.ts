import * as vscode from 'vscode';
import { COMMANDS } from '../../contract.ts';
import type { ApiProfile, Operation } from '../../core/entra/api-profile.ts';
import { listProfiles } from '../workspace-profiles.ts';

/** What can be called: the operations of every API profile of the window. */
export class OperationsTree {
  getChildren(parent?: vscode.TreeItem): vscode.TreeItem[] {
    if (!vscode.workspace.isTrusted) return [];
    if (parent instanceof ProfileItem)
      return (parent.profile.operations ?? []).map((operation) => new OperationItem(parent.profile, operation));
    return listProfiles()
      .filter(({ operations }) => operations && operations.length > 0)
      .map((profile) => new ProfileItem(profile));
  }
}

class ProfileItem extends vscode.TreeItem {
  readonly profile: ApiProfile;

  constructor(profile: ApiProfile) {
    super(profile.name ?? '', vscode.TreeItemCollapsibleState.Expanded);
    this.profile = profile;
    this.description = profile.baseUrl ?? '';
    this.iconPath = new vscode.ThemeIcon('globe');
    this.contextValue = 'why401.profile';
  }
}

/** Opened by its own command, so that the tree needs no button. */
export class OperationItem extends vscode.TreeItem {
  readonly profile: ApiProfile;
  readonly operation: Operation;

  constructor(profile: ApiProfile, operation: Operation) {
    super(operation.name, vscode.TreeItemCollapsibleState.None);
    this.profile = profile;
    this.operation = operation;
    this.description = `${operation.method} ${operation.path}`;
    this.iconPath = new vscode.ThemeIcon('symbol-method');
    this.contextValue = 'why401.operation';
    this.command = { command: COMMANDS.openOperation, title: 'Open Operation', arguments: [this] };
  }
}
