/**
 * Matches a path against an ASP.NET Core template, `products/{category:alpha}/{id:int?}/{*rest}`, in any case.
 * Parameters by name, or undefined when it does not match. Of the constraints, `int`, `guid` and `alpha` are known.
 */
export function matchRoute(template: string, path: string): Record<string, string> | undefined {
  const names: string[] = [];
  const pattern = template
    .split('/')
    .filter(Boolean)
    .map((segment) => patternOf(segment, names))
    .join('');
  const match = new RegExp(`^${pattern}/?$`, 'i').exec(path);
  return match ? Object.fromEntries(names.map((name, index) => [name, match[index + 1] ?? ''])) : undefined;
}

const CONSTRAINTS: Readonly<Record<string, string>> = {
  int: '-?\\d+',
  guid: '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}',
  alpha: '[a-z]+',
};

function patternOf(segment: string, names: string[]): string {
  const parameter = /^\{(\*?)(\w+)(?::(\w+))?(\?)?\}$/.exec(segment);
  if (!parameter) return `/${segment.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`;
  const [, rest, name = '', constraint = '', optional] = parameter;
  names.push(name);
  if (rest) return '(?:/(.*))?';
  const value = `/(${CONSTRAINTS[constraint] ?? '[^/]+'})`;
  return optional ? `(?:${value})?` : value;
}
