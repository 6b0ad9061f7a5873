/**
 * Applications of Microsoft's own that are no service of the table: clients, and APIs without an address of their own. By
 * id, in lower case. From Microsoft's list of first-party apps and an export of Graph's service principals (1P, MERILL).
 */
export const FIRST_PARTY_APPS: Readonly<Record<string, string>> = {
  'aebc6443-996d-45c2-90f0-388ff96faa56': 'Visual Studio Code',
  '04b07795-8ddb-461a-bbee-02f9e1bf7b46': 'Azure CLI',
  '1950a258-227b-4e31-a9cf-717495945fc2': 'Azure PowerShell',
  '1b730954-1685-4b74-9bfd-dac224a7b894': 'Azure Active Directory PowerShell',
  'a0c73c16-a7e3-4564-9a95-2bdf47383716': 'Microsoft Exchange Online Remote PowerShell',
  '9bc3ab49-b65d-410a-85ad-de819febfddc': 'SharePoint Online Management Shell',
  '12128f48-ec9e-42f0-b203-ea49fb6af367': 'Microsoft Teams PowerShell',
  '872cd9fa-d31f-45e0-9eab-6e460a02d1f1': 'Visual Studio (legacy)',
  'c44b4083-3bb0-49c1-b47d-974e53cbdf3c': 'Azure portal',
  '7ab7862c-4c57-491e-8a45-d52a7e023983': 'App Service',
  '29d9ed98-a469-4536-ade2-f981bc1d605e': 'Microsoft Authentication Broker',
  'd3590ed6-52b3-4102-aeff-aad2292ab01c': 'Microsoft Office',
  '5d661950-3475-41cd-a2c3-d671a3162bc1': 'Microsoft Outlook',
  '27922004-5251-4030-b22d-91ecd9a37ea4': 'Outlook Mobile',
  '1fec8e78-bce4-4aaf-ab1b-5451cc387264': 'Microsoft Teams',
  '5e3ce6c0-2b1f-4285-8d4b-75ee78787346': 'Microsoft Teams Web Client',
  '871c010f-5e61-4fb1-83ac-98610a7e9110': 'Microsoft Power BI',
  '7f67af8a-fedc-4b08-8b4e-37c4d127b6cf': 'Power BI Desktop',
  'ab9b8c07-8f02-4f72-87fa-80105867a763': 'OneDrive SyncEngine',
  'b26aadf8-566f-4478-926f-589f601d9c74': 'OneDrive',
  '4765445b-32c6-49b0-83e6-1d93765276ca': 'OfficeHome',
  'fb78d390-0c51-40cd-8e17-fdbfab77341b': 'Exchange REST API Based PowerShell',
  '51be292c-a17e-4f17-9a7e-4b661fb16dd2': 'Microsoft Exchange ProtectedServiceHost',
  '82f45fb0-18b4-4d68-8bed-9e44909e3890': 'Meeting Migration Service',
  '0000000c-0000-0000-c000-000000000000': 'Microsoft App Access Panel',
  '18fbca16-2224-45f6-85b0-f7bf2b39b3f3': 'Microsoft Docs',
  '04f0c124-f2bc-4f59-8241-bf6df9866bbd': 'Visual Studio',
  'de8bc8b5-d9f9-48b1-a8ad-b748da725064': 'Graph Explorer',
  '14d82eec-204b-4c2f-b7e8-296a70dab67e': 'Microsoft Graph Command Line Tools',
  '2ddfbe71-ed12-4123-b99b-d5fc8a062a79': 'Microsoft Teams Admin Portal Service',
  '4813382a-8fa7-425e-ab75-3b753aab3abb': 'Microsoft Authenticator App',
  '9ba1a5c7-f17a-4de9-a1f1-6178c8d51223': 'Microsoft Intune Company Portal',
  'cb1056e2-e479-49de-ae31-7812af012ed8': 'Microsoft Azure Active Directory Connect',
  'ecd6b820-32c2-49b6-98a6-444530e5a77a': 'Microsoft Edge',
  '065d9450-1e87-434e-ac2f-69af271549ed': 'Power Platform Admin Center',
};

/** Listed somewhere as one of Microsoft's, under no name that is certain. */
const UNNAMED: readonly string[] = ['c8623e40-e6ab-4d2b-b123-2ca193542c65'];

/** `00000003-0000-0000-c000-000000000000` and its like: ids of the first days, which only Microsoft has. */
const OF_THE_FIRST_DAYS = /^0{4}[0-9a-f]{4}-0000-(?:0000-c000|0ff1-ce00)-0{12}$/;

/** True for the id, in lower case, of an application of Microsoft's that is no service of the table. */
export function isFirstPartyApp(id: string): boolean {
  return Object.hasOwn(FIRST_PARTY_APPS, id) || UNNAMED.includes(id) || OF_THE_FIRST_DAYS.test(id);
}
