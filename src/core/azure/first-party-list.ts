/**
 * Applications of Microsoft's own, one a line: id in lower case, a blank, name. Beside those of `familiar-apps.ts` and of the
 * table of services. From Microsoft's list of first-party apps, an export of Graph's service principals with what people
 * added to it, the service principal names of first-party APIs, Microsoft's list of what Azure MCP calls, and two lists of
 * clients with what they may ask for, and pages on who may use which (1P, MERILL, SPN, AZMCP, FOCI, ROADTX, PPAC, AML_CA).
 * Left out are tests and quick starts.
 */
export const FIRST_PARTY_LIST = `0000dab9-8b21-4ba2-807f-1743968cef00 ASE-Arc-Integration
0032593d-6a05-4847-8ca4-4b6220ed2a1e Microsoft_Azure_ELMAdmin
00695ed2-3202-4156-8da1-69f60065e255 Microsoft Visio Data Visualizer
00edd498-7c0c-4e68-859c-5a55d518c9c0 Teams CMD Services and Data
00f82732-f451-4a01-918c-0e9896e784f9 Skype for Business Application Configuration Service
0130cc9f-7ac5-4026-bd5f-80a08a54e6d9 Azure Data Warehouse Polybase
01cb2876-7ebd-4aa4-9cc9-d28bd4d359a9 Device Registration Service
02e3ae74-c151-4bda-b8f0-55fbf341de08 Application Registration Portal
03509b1f-54e9-4557-a555-19a090903b84 CRM Power BI Integration GCC High
035f9e1d-4f00-4419-bf50-bf2d87eb4878 Azure Monitor Restricted
038ddad9-5bbe-4f64-b0cd-12434d1e633b ZTNA Network Access Client
03b39d0f-4213-4864-a245-b1476ec03169 Azure Spring Cloud Domain-Management
03db181c-e9d3-4868-9097-f0b728327182 ClusterConfigToAKS
041e4c2d-ba3e-46a1-9347-5bc4054c8af4 Power Automate Desktop GCC
04436913-cf0d-4d2a-9cc6-2ffe7f1d3d1c Windows Notification Service
04687a56-4fc2-4e36-b274-b862fb649733 MDATPNetworkScanAgent
0469d4cd-df37-4d93-8a61-f8c75b809164 Policy Administration Service
049d4938-2ef2-4274-aa8f-630fc9bc33d1 Microsoft.Blockchain
04d97d71-f71f-450b-8b44-f638d5d1b5d6 PhysOps.Clients.Worker
0517ffae-825d-4aff-999e-3f2336b8a20a M365 App Management Service
055caf97-1b4f-4730-9f5d-acc24b707b06 Liftr-Monitoring-First-Party
05a65629-4c1b-48c1-a78b-804c4abdd4af Microsoft Cloud App Security
05d97c70-cb7c-4e66-8138-d5ca7c59d206 Azure Edge Zones storage backend
06dd8193-75af-46d0-84bb-9b9bcaa89e8b SubstrateActionsService
08e18876-6177-487e-b8b5-cf950c1e598c SharePoint Online Web Client Extensibility
091c98b0-a1c9-4b02-b62c-7753395ccabe Dynamics RCS Workload
09213cdc-9f30-4e82-aa6f-9b6e8d82dab3 Microsoft Tech Community
0922ef46-e1b9-4f7e-9134-9ad00547eb41 Loop
0973ecd5-7828-4430-9548-bb2331536767 Feedback Hub
09a984f4-014c-43de-ae0c-7ec73dc053d3 BenefitsFD
09abbdfd-ed23-44ee-a2d9-a627aa1c90f3 ProjectWorkManagement
09be0be4-1874-4f49-bc5c-78e6fc2a8065 Power Apps Portals - Development
0a0a29f9-0a25-49c7-94bf-c53c3f8fa69d Cortana Experience with O365
0a5f63c0-b750-4f38-a71c-4fc0d58b89e2 Microsoft Mobile Application Management
0af06dc6-e4b5-4f28-818e-e78e62d137a5 Windows 365
0b107b34-72a8-4081-a8ca-f3ecb0937531 Microsoft Azure
0b820e0a-8d08-45d1-8740-bde894f7e1c2 Lobe Client
0bf30f3b-4a52-48df-9a82-234910c4a086 Microsoft Graph Change Tracking
0bfc4568-a4ba-4c58-bd3e-5d3e76bd7fff Dynamics365AICustomerInsights
0c1307d4-29d6-4389-a11c-5cbe7f65d7fa Microsoft Azure
0c6620df-7b29-44de-8ba4-688a56a20f9f Azure Marketplace Datadog
0c708d37-30b2-4f22-8168-5d0cba6f37be Microsoft Teams Partner Tenant Administration
0c7668b5-3260-4ad0-9f53-34ed54fa19b2 Microsoft Defender for Cloud Servers Scanner Resource Provider
0c9c6d7b-0ccd-4dbd-96d4-9a7985e2f396 Dynamics 365 Viva Sales
0cb2a3b9-c0b0-4f92-95e2-8955085f78c2 PowerApps
0cb7b9ec-5336-483b-bc31-b15b5788de71 ASM Campaign Servicing
0cd196ee-71bf-4fd6-a57c-b491ffd4fb1e Media Analysis and Transformation Service
0d38933a-0bbd-41ca-9ebd-28c4b5ba7cb7 Office365 Zoom
0dc2408a-bbc0-4238-871e-13b372f0200f Windows Insider Program
0e282aa8-2770-4b6c-8cf8-fac26e9ebe1f Sherlock
0e90d0b8-039a-4936-a6f4-d25dd510be5d Message Recall
0eb4bf93-cb63-4fe1-9d7d-70632ccf3082 Microsoft Teams Intelligent Workspaces Interactions Service
0ec2d138-5a70-4a33-b2c7-7d296c996ace Microsoft Photos
0ec893e0-5785-4de6-99da-4ed124e5296c Office UWP PWA
0eda3b13-ddc9-4c25-b7dd-2f6ea073d6b7 Microsoft Flow CDS Integration Service
0ef09fa7-413d-4a9f-a7a5-32f8f62b7598 Field Service Mobile
0ef94e72-e4fc-4aa0-a8f4-ff27deb3e6eb Teams NRT DLP Ingestion Service
0f54b75d-4d29-4a92-80ae-106a60cd8f5d Teams User Engagement Profile Service
0f698dd4-f011-4d23-a33e-b36416dcb1e6 OfficeClientService
0f6e3eff-886c-4f7a-a1d7-6f1f0177273b Intune oAuth Graph
0f6edad5-48f2-4585-a609-d252b1c52770 AIGraphClient
0fa37baf-7afc-4baf-ab2d-d5bb891d53ef Microsoft Teams ATP Service
10231bf5-a479-49bd-90bf-3d452fbdd06b Power BI Service
110797d6-4a5e-4e58-a06d-f1bf3f3a8069 Field Service Mobile
1150aefc-07de-4228-b2b2-042a536703c0 Exchange Online
11c174dc-1945-4a9a-a36b-c79a0f246b9b Azure Monitor System
11cd3e2e-fccb-42ad-ad00-878b93575e07 Automated Call Distribution
11f6c209-c042-4da5-acb9-8d3546fe506f DYN365AISERVICEINSIHTSPPE
120d688d-1518-4cf7-bd38-182f158850b6 Azure Time Series Insights
1220eac7-3b19-4572-be70-aa544a2e5f74 Microsoft Security DevOps
12743ff8-d3de-49d0-a4ce-6c91a4245ea0 Metrics Monitor API
1303f293-64bd-48ba-89b0-6bf538bc67f3 Microsoft Teams IP Policy Service
133c4dc0-9d5f-4826-9f7b-6bb3d3867e6a PADWAMigrator
1341df96-0b28-43da-ba24-7a6ce39be816 Azure Managed HSM RP
13937bba-652e-4c46-b222-3003f4d1ff97 Substrate Context Service
14452459-6fa6-4ec0-bc50-1528a1a06bf0 Intune CMDeviceService
15689b28-1333-4213-bb64-38407dde8a5e Microsoft Azure
1609d3a1-0db2-4818-b854-fe1614f0718a Azure Edge Zones storage
161a339d-b9f5-41c5-8856-6a6669acac64 Microsoft Azure Alerts Management
163b648b-025e-455b-9937-a7f39a65d171 SSO Extension Intune
166f1b03-5b19-416f-a94b-1d7aa2d247dc Office Hive
167e2ded-f32d-49f5-8a10-308b921bc7ee OCaaS Worker Services
1690c5aa-925a-4d0e-836b-722c795bd0d0 Group Configuration Processor
16aeb910-ce68-41d1-9ac3-9e1673ac9575 IrisSelectionFrontDoor
1762e607-063e-431a-a25a-f0f782acb73b Virtual Connector Provider
1786c5ed-9644-47b2-8aa0-7201292175b6 Microsoft Bing Default Search Engine
17bf704f-25db-4ea9-af47-50b552cbb0f0 Power Platform Community
17d5e35f-655b-4fb0-8ae6-86356e9a49f5 Office Online Maker
184909ca-69f1-4368-a6a7-c558ee6eb0bd Marketplace Caps API
18563b69-42ea-4693-9fe8-32ed3cab102d Power BI Service
1884bdbf-452a-4a11-9c76-afdbdb1b3768 Relevance Search Service
189cf920-d3d8-4133-9145-23adcc6824fa IpLicensingService
18a4ad1e-427c-4cad-8416-ef674e801d32 Intune DeviceActionService
18af356b-c4fd-4f52-9899-d09d21397ab7 Office365DirectorySynchronizationService
18f36947-75b0-49fb-8d1c-29584a55cac5 Reply-At-Mention
190e2548-e973-438f-904e-75ed471108a8 Power BI Service
192644fe-6aac-4786-8d93-775a056aa1de MIP Exchange Solutions - SPO
19679030-48d8-445f-b27c-311bb3be8a2c eSeal
19686ca6-5324-4571-a231-77e026b0e06f Microsoft Command Service
19947cfd-0303-466c-ac3c-fcc19a7a1570 Azure DNS
1996141e-2b07-4491-927a-5a024b335c78 Microsoft Teams UIS
19a92965-3c11-4ed7-a1bd-9b66785dd4c6 PADWAMigratorGCC
19b21e10-1304-498b-92d4-4290e94999fa Deprecated - CAS API Security RP Staging
19db86c3-b2b9-44cc-b339-36da233a3be2 My Signins
19dd5b37-d116-48cb-90d2-4aa56696cba1 Microsoft Forms Pro
1a14be2a-e903-4cec-99cf-b2e209259a0f Azure Lab Services
1a20851a-696e-4c7e-96f4-c282dfe48872 Editor Browser Extension
1a4b5304-a0fd-4017-8a3d-466fc083b73e MSATenantRestrictions
1a5e141d-70dd-4594-8442-9fc46fa48686 Avs Fleet Rp
1ac05c7e-12d2-4605-bf9d-549d7041c6b3 Microsoft Azure Synapse Gateway
1b3c667f-cde3-4090-b60b-3d2abd0117f0 Windows Spotlight
1b489150-9b00-413a-83fd-6ef8f05b6e28 Policy Processor
1b912ec3-a9dd-4c4d-a53e-76aa7adb28d7 AADReporting
1c0ae35a-e2ec-4592-8e08-c40884656fa5 Skype Team Substrate connector
1c2909a7-6432-4263-a70d-929a3c1f9ee5 Common Data Service License Management
1c827867-9069-4bde-8155-1a0267a3dea5 Microsoft DataMovement Metadata Service
1cda9b54-9852-4a5a-96d4-c2ab174f9edf O365Account
1d78a85d-813d-46f0-b496-dd72f50a3ec0 Microsoft Azure Policy Insights
1d8f972c-f346-4130-8eaa-dece10666c2d Power BI Service
1dcb1bc7-c721-498e-b2fa-bcddcea44171 Microsoft Azure Authorization Resource Provider
1e2ca66a-c176-45ea-a877-e87f7231e0ee Microsoft B2B Admin Worker
1e3e4475-288f-4018-a376-df66fd7fac5f NetworkTrafficAnalyticsService
1e70cd27-4707-4589-8ec5-9bd20c472a46 Skype Presence Service
1f5530b3-261a-47a9-b357-ded261e17918 Azure Multi-Factor Auth Connector
1f7f6f43-2f81-429c-8499-293566d0ab0c Get Help
1fe0d6b3-81f0-4cf5-9dfd-fbb297d7848c Microsoft Insider Risk Management
205478c0-bd83-4e1b-a9d6-db63a3e1e1c8 Microsoft.AzureFrontDoor-Cdn
207a6836-d031-4764-a9d8-c1193f455f21 Conference Auto Attendant
2087bd82-7206-4c0a-b305-1321a39e5926 Microsoft To-Do
20a11fe0-faa8-4df5-baf2-f965f8f9972e ContactsInferencingEmailProcessor
20e940b3-4c77-4b0b-9a53-9e16a1b010a7 MarketplaceAPI ISV
21a8a852-89f4-4947-a374-b26b2db3d365 IC3 Long Running Operations Service
21ab802f-8580-4be3-a767-576c283a82f5 Modern Workplace Core ITaaS
22098786-6e16-43cc-a27d-191a01a1e3b5 Microsoft To-Do client
2220bbc4-4518-4fef-aac6-c6f32e9f9fd1 Customer Experience Platform PROD
2233b157-f44d-4812-b777-036cdaf9a96e Azure Cloud Shell
224a7b82-46c9-4d6b-8db0-7360fb444681 Microsoft Modern Contact Master
22618bd1-b6aa-45f0-8ebd-718d158d888d TrustedPublishersProxyService-DoD
226e4631-c980-4b11-9c96-5e26bb14dafc Prod M365FLWPClient Prod
22d27567-b3f0-4dc2-9ec2-46ed368ba538 Reading Assignments
22d7579f-06c2-4baa-89d2-e844486adb9d Cortana at Work Bing Services
23523755-3a2b-41ca-9315-f81f3f566a95 ACOM Azure Website
2368d027-f996-4edb-bf48-928f98f2ab8c DoNotDelete-DataBoxEdgeNGatewayManagedApp
23c898c1-f7e8-41da-9501-f16571f8d097 OCPS Checkin Service
243c63a3-247d-41c5-9d83-7788c43f1c43 Office Online Core SSO
245e1dee-74ef-4257-a8c8-8208296e1dfd Cloud Shell in Windows Terminal
257601fd-462f-4a21-b623-7f719f0f90f4 Centralized Deployment
257fc75b-c7b8-434b-a467-fcfc16cb7ab6 Dynamics CRM TIP SRS
25a6a87d-1e19-4c71-9cb0-16e88ff608f1 Microsoft Cloud App Security (Internal)
262044b1-e2ce-469f-a196-69ab7ada62d3 Backup Management Service
2634dd23-5e5a-431c-81ca-11710d9079f4 Microsoft Stream Service
268761a2-03f3-40df-8a8b-c3db24145b6b Universal Store Native Client
26a18ebc-cdf7-4a6a-91cb-beb352805e81 Skype Teams Calling API Service
26a4ae64-5862-427f-a9b0-044e62572a4f Microsoft Intune Checkin
26a7ee05-5602-4d76-a7ba-eae8b7b67941 Windows Search
26abc9a8-24f0-4b11-8234-e86ede698878 SubstrateDirectoryEventProcessor
270efc09-cd0d-444b-a71f-39af4910ec45 Windows Cloud Login
273404b8-7ebc-4360-9f90-b40417f77b53 Microsoft Exact Data Match Service
2793995e-0a7d-40d7-bd35-6968ba142197 My Apps
27a762be-14e7-4f92-899c-151877d6d497 Bot Service CMEK Prod
27b24f1f-688b-4661-9594-0fdfde972edc Skype Business Voice Directory
27f13ec4-0f4e-4840-b547-1a0181666256 PowerApps CDS Service
282c9137-f94e-4287-8223-9b60f2974e5c PowerApps Web Player Service - apps.gov.powerapp.us
28b567f6-162c-4f54-99a0-6887f387bbcc Microsoft Storefronts
28ec9756-deaf-48b2-84d5-a623b99af263 Office Personal Assistant at Work Service
291bcb22-15e5-4341-8f91-feb152d655ee Dynamics 365 Connected Store
299fa2bd-f53a-45b1-b501-1056398454bc Dynamics 365 CCA Prod - CDS to Azure data lake
29f411f1-b2cf-4043-8ac8-2185d7316811 Azure Iot Hub Publisher App
2a0c3efa-ba54-4e55-bdc0-770f9e39e9ee Azure AD Power BI Content Pack App
2a486b53-dbd2-49c0-a2bc-278bdfc30833 Cortana at Work Service
2abdc806-e091-4495-9b10-b04d93c3f040 Office Online Augmentation Loop
2ad88395-b77d-4561-9441-d0e40824f9bc Dynamics 365 Development Tools
2b479c68-8d9b-4e27-9d85-5d74803de734 Virtual Visits App
2b5e68f0-bdc2-45b0-920a-217d5cbbd505 Power Platform Policy TIRPS CM - PROD
2b61b865-d0bd-4c60-9efa-6fa934eefaac TrustedPublishersProxyService
2b8844d8-6c87-4fce-97a0-fbec9006e140 AssistAPI
2bb78a2a-f8f1-4bc3-8ecf-c1e15a0726e6 MicrosoftTeamsCortanaSkills
2bc50526-cdc3-4e36-a970-c284c34cbd6e Microsoft Business Office Add-in
2c1229aa-16c5-4ff5-b46b-4f7fe2a2a9c8 ODBC Client Driver
2c220739-d44d-4bf7-ba5f-95cf9fb7f10c MIP Exchange Solutions - Teams
2c37df23-0c28-4fbf-9b2a-d5fd6277bf92 OmnichannelEngagementHubAdminApp
2c7dd73f-7a21-485b-b97d-a2508fa152c3 Azure ContainerApps Sessions
2c9e12e5-a56c-4ba1-b768-7a141586c6fe Viva Learning
2cf9eb86-36b5-49dc-86ae-9a63135dfa8c Azure Traffic Manager and DNS
2cfc91a4-7baa-4a8f-a6c9-5f3d279060b8 Azure Application Change Service
2d4d3d8e-2be3-4bef-9f87-7875a61c29de OneNote
2d7f3606-b07d-41d1-b9d2-0d0c9296a6e8 Microsoft Bing Search for Microsoft Edge
2db8cb1d-fb6c-450b-ab09-49b6ae35186b Microsoft Dynamics CRM Learning Path
2e246ed0-1ec0-4526-a2de-9e9ff9468494 Microsoft Power Automate SDX Plugin
2e307cd5-5d2d-4499-b656-a97de9f52708 Modern Workplace Customer API Native
2e458d69-0892-4655-b713-4f7b182315dd Microsoft.BareBoneClusterService
2e49aa60-1bd3-43b6-8ab6-03ada3d9f08b Dynamics Data Integration
2f29638c-34d4-4cf2-a16a-7caf612cee15 Microsoft Dynamics CRM for Microsoft Office Outlook
2f3b013e-5dc4-4b2a-831f-47ba08353237 Microsoft Dynamics 365 Project Service Automation Add-in for Microsoft Project
2f3f02c9-5679-4a5c-a605-0de55b07d135 Office 365 Information Protection
2f5afa01-cdcb-4707-a62a-0803cc994c60 MS-CE-CXG-MAC-AadShadowRoleWriter
2f6713e6-1e21-4a83-91b4-5bf9a2378f81 Dynamics 365 Resource Scheduling Optimization
2f7b4d11-d621-4079-9798-27f548d681f1 Power Cards
2fd908ad-0664-4344-b9be-cd3e8b574c38 Microsoft.Data.SqlClient
3016d0ce-47cc-4005-b11d-5fcabb1b643d Microsoft Mesh Services
3090ab82-f1c1-4cdf-af2c-5d7a6f3e2cc7 Microsoft Defender for Cloud Apps
30e31aeb-977f-4f4f-a483-b61e8377b302 Microsoft Teams ADL
3138fe80-4087-4b04-80a6-8866c738028a SharePoint Notification Service
3184af01-7a88-49e0-8b55-8ecdce0aa950 Azure Cost Management XCloud
319f651f-7ddb-4fc6-9857-7aef9250bd05 K8 Bridge
31ba6d5c-2e14-40fb-bbcb-27dc8a1bfaf5 TeamsLinkedInLiveApp
32166110-0424-4622-8b0d-4e50f4da7a74 MR.Mty.App
32597670-3e15-4def-8851-614ff48c1efa Container Marketplace Package App
325e8307-defd-47df-aeff-15152ea6e5bf Prod M365FLWPService Prod
3274406e-4e0a-4852-ba4f-d7226630abb7 Azure Healthcare APIs RBAC
328fd23b-de6e-462c-9433-e207470a5727 NFV Resource Provider
331cc017-5973-4173-b270-f0042fddfd75 Power Apps API
3340b944-b12e-47d0-b46b-35f08ec1d8ee SPAuthEvent
33be1cef-03fb-444b-8fd3-08ca1b4d803f OneDrive Web
341b7f3d-69b3-47f9-9ce7-5b7f4945fdbd Azure Support - Network Watcher
342f61e2-a864-4c50-87de-86abc6790d49 Power Platform Policy Services CM - PROD
34421fbe-f100-4e5b-9c46-2fea25aa7b88 Exchange Online
34cc6120-8c17-428c-b5aa-bede141fb74a Power BI Data Refresh
354b5b6d-abd6-4736-9f51-1be80049b91f Microsoft Mobile Application Management Backend
359431ad-ece5-496b-8768-be4bbfd82f36 ECP Billing Service
35d54a08-36c9-4847-9018-93934c62740c PeoplePredictions
3603eff4-9141-41d5-ba8f-02fb3a439cd6 Diagnostic Services Data Access
363a906a-1ceb-41ea-9f20-884c694f2fc2 ApiHub-Connectors-DoD
365f198c-f33d-4b87-b209-62033e2f4d6f Power BI Service
366cbfa5-46b3-47fb-9d70-55fb923b4833 Azure Spring Cloud Service Runtime Auth
36e2398c-9dd3-4f29-9a72-d9f2cfc47ad9 CosmosDB Dedicated Instance
36ee54ac-414c-41ef-afde-2ddfd25d5408 ApiHub-Connectors-GCCHigh
37182072-3c9c-4f6a-a4b3-b3f91cacffce AzureSupportCenter
372140e0-b3b7-4226-8ef9-d57986796201 Azure Windows VM Sign-In
3734c1a4-2bed-4998-a37a-ff1a9e7bf019 Microsoft Azure Container Apps - Data Plane
374b2a64-3b6b-436b-934c-b820eacca870 Azure Media Services
37ccb541-667a-4428-947a-f5dda698fa3c MARS
37ff607d-6be1-4c1b-a5f8-e5ad92b55975 Lobe
38049638-cc2c-4cde-abe4-4479d721ed44 Microsoft Approval Management
380e9762-7111-490b-800b-0dd9857ca41a DfMGraphApp
3829f069-1c33-45dd-84ab-2465f4282677 Azure Signup Api
3852314e-aab9-42c3-a859-5b5b88a90000 ConnectedFieldServiceDeployment
386ce8c0-7421-48c9-a1df-2a532400339f Power Automate Desktop For Windows
38808189-fa7a-4d8a-807f-eba01edacca6 AzNet Security Guard
38a893b6-d74c-4786-8fe7-bc3b4318e881 ProcessSimpleGCC
38aa3b87-a06d-4817-b275-7a316988d93b Windows Sign In
38c77d00-5fcb-4cce-9d93-af4738258e3c MicrosoftUnifiedCustomerIntelligence
38d143fa-a9d8-4e3e-b073-81f3fefeaf95 Microsoft Teams IP Core Service
38df11dd-582e-4207-be6f-b214675f44a1 SEAL All credentials
38ec0b21-8bde-4473-950b-819ceb3ed233 SuplariDev
394866fc-eedb-4f01-8536-3ff84b16be2a Microsoft People Cards Service
3957683c-3a48-4a6c-8706-a6e2d6883b02 Omnichannel for CS Provisioning App Primary
39624784-6cbe-4a60-afbe-9f46d10fdb27 Teams and Skype for Business Administration
396e7f4b-41ea-4851-b04d-65de6cf1b4a3 Azure AD Identity Governance - SPO Management
39aaf054-81a5-48c7-a4f8-0293012095b9 IC3 Gateway
39e6ea5b-4aa4-4df2-808b-b6b5fb8ada6f Dynamics Provision
3a225c96-d62a-44ce-b3ec-bd4e8e9befef Dynamics 365 Human Resources LinkedIn Adapter App
3aa5c166-136f-40eb-9066-33ac63099211 O365 Customer Monitoring
3aa85724-c5ce-42f5-b7f9-36b5a387b7b4 Windows Admin Center
3af5a1e8-2459-45cb-8683-bcd6cccbcc13 Azure Smart Alerts
3af5adde-460d-4bc1-ada0-fc648af8fefb ChatMigrationService1P
3b2fa68d-a091-48c9-95be-88d572e08fb7 AzureBackupReporting
3b511579-5e00-46e1-a89e-a6f0870e2f5a Windows 365 Portal
3b68e96c-82d3-41b3-99b8-56c260cf38d8 Managed Home Screen
3bc2296e-aa22-4ed2-9e1e-946d05afa6a2 SharePoint Online Web Client Extensibility Isolated
3c31d730-a768-4286-a972-43e9b83601cd Demeter.WorkerRole
3c896ded-22c5-450f-91f6-3d1ef0848f6e WeveEngine
3caf7e80-c1dc-4cbc-811c-d281c9d5e45c Microsoft.NotificationHubs
3ce44149-e365-40e4-9bb4-8c0ecb710fe6 Office Online Print SSO
3cf6df92-2745-4f6f-bbcf-19b59bcdb62a Office 365 Client Admin
3cf798a6-b0c5-4d5c-9645-b5273d471fc5 teamsupgradeorchestrator-app
3d3f56ed-9c38-4480-b172-0fa5d8838516 TrustedPublishersProxyServicePPE
3d5cffa9-04da-4657-8cab-c7f074657cad M365 Commerce Client
3db474b9-6a0c-4840-96ac-1fceb342124f Verifiable Credentials Service Request
3dd3a51e-8d76-4cca-ac35-5537c1319211 Windows App - iOS
3e050dd7-7815-46a0-8263-b73168a42c10 Teams Approvals
3e36f539-fc2c-479c-90fb-3cfa21da3a4b Power Platform Environment Discovery Service
3e62f81e-590b-425b-9531-cad6683656cf PowerApps - apps.powerapps.com
3eb95cef-b10f-46fe-94e0-969a3d4c9292 Office 365 Import Service
3edcf11f-df80-41b2-a5e4-7e213cca30d1 Azure Application Change Service
3f6aecb4-6dbf-4e45-9141-440abdced562 PROD Microsoft Defender For Cloud XDR
40775b29-2688-46b6-a3b5-b256bd04df9f Microsoft Information Protection API
408992c7-2af6-4ff1-92e3-65b73d2b5092 Azure Search Management
417ae6eb-aac8-42c8-900c-0e50debba688 Universal Print Enabled Printer
41b23e61-6c1e-4545-b367-cd054e0ed4b4 Azure VPN
4345a7b9-9a63-4910-a426-35363201d503 O365 Suite UX
4392ab71-2ce2-4b0d-8770-b352745c73f5 HPC Cache Resource Provider
441509e5-a165-4363-8ee7-bcf0b7d26739 DWEngineV2
443155a6-77f3-45e3-882b-22b3a8d431fb Domain Controller Services
4435c199-c3da-46b9-a61d-76de3f2c9f82 GitHub Actions API
44a02aaa-7145-4925-9dcd-79e6e1b94eff Microsoft Dynamics 365 Apps Integration
44a34657-125d-4be1-b08d-87a07b336d24 PowerApps - play.apps.appsplatform.us
44b7b882-eb46-485c-9c78-686f6b67b176 AML Registries
44f229e1-5c76-4d68-8b7c-83cbfd54ab7a Dynamics 365 Sales Service
4580fd1d-e5a3-4f56-9ad1-aab0e3bf8f76 Call Recorder
45a330b1-b1ec-4cc1-9161-9f03992aa49f Windows Store for Business
461e8683-5575-4561-ac7f-899cc907d62a Azns AAD Webhook
4660504c-45b3-4674-a709-71951a6b0763 Microsoft Invitation Acceptance Portal
46e9667d-34e6-43d8-a494-6759b3ae6a5e Biz Apps Demo Hub Prod
470d0752-cb06-49b2-ac83-5023fc23adae MicrosoftFlowGCCHigh
4747d38e-36c5-4bc3-979b-b0ef74df54d1 PushChannel
47629505-c2b6-4a80-adb1-9b3a3d233b7b Microsoft Exchange Web Services
4787c7ff-7cea-43db-8d0d-919f15c6354b Dynamics 365 Viva Sales
478d8d1a-326f-49da-a58e-8f576faa4b5e Threat Intelligence Portal
47a4f6b2-25dc-4851-8524-fffe7360e8d4 Surface App
47ee738b-3f1a-4fc7-ab11-37e4822b007e Azure AD Application Proxy
481115cb-6d15-4cc0-8caf-f2fee7bfbd2b IC3 Modern Effective Config Worker
486c78bf-a0f7-45f1-92fd-37215929e116 GatewayRP
48ac35b8-9aa8-4d74-927d-1f4a14a0b239 Skype and Teams Tenant Admin API
48af08dc-f6d2-435f-b2a7-069abd99c086 Connectors
4906f920-9f94-4f14-98aa-8456dd5f78a8 Dynamics CRM Unified Service Desk
497effe9-df71-4043-a8bb-14cf78c4b63b Exchange Admin Center
4990cffe-04e8-4e8b-808a-1175604b879f Microsoft Partner
4ac7d521-0382-477b-b0f8-7e1d95f85ca2 Azure Analysis Services
4b233688-031c-404b-9a80-a4f3f2351f90 Office.com
4bfd5d66-9285-44a1-bb14-14953e8cdf5e Audit GraphAPI Application
4c1a3aed-b389-4824-99b0-514c07906851 Intune DeviceCheckIn ConfidentialClient
4c4f550b-42b2-4a16-93f9-fdb9e01bb6ed Targeted Messaging Service
4c8f074c-e32b-4ba7-b072-0f39d71daf51 IPSubstrate
4c9fc70a-8d18-4528-9113-c6f1318c4d89 CAP Package Deployer Service
4cba1704-a0c1-45ee-9d41-fe75b4ef9190 TeamsChatServiceApp
4d079b4c-cab7-4b7c-a115-8fd51b6f8239 SQL DotNet Client
4d097d71-f71f-450b-8b44-f638d5d1b5d6 PhysOps.Clients.Worker
4d2f5175-f06b-49e2-9f4a-8e614a8abc03 Microsoft Exchange Hybrid Wizard
4d5c2d63-cf83-4365-853c-925fd1a64357 OfficeShredderWacClient
4e1f8dc5-5a42-45ce-a096-700fa485ba20 Wrap Key Vault Access App
4e291c71-d680-4d0e-9640-0a3358e31177 PowerApps
4e445925-163e-42ca-b801-9073bfa46d17 SharePoint Home Notifier
4eb9ce96-03c5-42ec-93f8-c6417a473800 Power BI Service
4ec7f63c-188f-4433-9253-ccbe3021125f IntuneBMR1PApp
4f547b5f-c3f7-4d2c-a14f-0f8f1286d7d5 OneDriveLTI
4fb5cc57-dbbc-4cdc-9595-748adff5f414 Windows 365 Client
50351660-e7b1-4621-8bc8-8503296a5535 MicrosoftFlowGCC
507a7586-da5c-4e86-80f2-2bc2e55ae394 Surface Dashboard
507bc9da-c4e2-40cb-96a7-ac90df92685c Office 365 Reports
509e4652-da8d-478d-a730-e9d4a1996ca4 Azure Resource Graph
50d8616b-fd4f-4fac-a1c9-a6a9440d7fe0 OMSAuthorizationServicePROD
50d9b7e0-07b6-4615-a8ae-f7f017db392a Supply Chain Windblade Development
50e95039-b200-4007-bc97-8d5790743a63 Azure Virtual Desktop ARM Provider
510a5356-1745-4855-93a5-113ea589fb26 Microsoft 365 Ticketing
51133ff5-8e0d-4078-bcca-84fb7f905b64 Microsoft Teams Mailhook
51b5e278-ed7e-42c6-8787-7ff93e92f577 Narada Notification Service
51df634f-ddb4-4901-8a2d-52f6393a796b Azure Region Move Orchestrator Application
51f81489-12ee-4a9e-aaae-a2591f45987d Dynamics 365 Example Client Application
5217e4ff-9fc6-4207-ac4e-d1cb98e21d6e ContainerInsightsExt 1st Party AAD App
52c2e0b5-c7b6-4d11-a89c-21e42bcec444 Graph Files Manager
540d4ff4-b4c0-44c1-bd06-cab1782d582a ODSP Mobile Lists App
546068c3-99b1-4890-8e93-c8aeadcfe56a Common Data Service - Azure Data Lake Storage
55441455-2f54-42b5-bc99-93e21cd4ae28 Office Enterprise Protection Service
5572c4c0-d078-44ce-b81c-6cbf8d3ed39e Vortex [wsfed enabled]
55747057-9b5d-4bd4-b387-abf52a8bd489 Azure AD Application Proxy Connector
557c67cf-c916-4293-8373-d584996f60ae Configuration Manager Microservice
55bdc56c-2b15-4538-aa37-d0c008c8c430 IC3 Gateway TestClone
562db366-1b96-45d2-aa4a-f2148cef2240 Diagnostic Services Trusted Storage Access
5657e26c-cc92-45d9-bc47-9da6cfdb4ed9 Azure OSSRDBMS PostgreSQL Flexible Server AAD Authentication
56823b05-67d8-413a-b6ab-ad19d7710cf2 CAS API Security RP
56c1da01-2129-48f7-9355-af6d59d42766 Graph Connector Service
57084ef3-d413-4087-a28f-f6f3b1ad7786 Branch Connect Web Service
57336123-6e14-4acc-8dcf-287b6088aa28 Microsoft Whiteboard Client
5741a1ff-751d-4ad7-bcd1-dfe3c998fd11 StoragePool Resource Provider
5749fa6e-3335-495e-a235-e0a89769841f Microsoft Educator Center
579d9c9d-4c83-4efc-8124-7eba65ed3356 Azure Compute
57c0fc58-a83a-41d0-8ae9-08952659bdfd Azure Cosmos DB Virtual Network To Network Resource Provider
57fb890c-0dab-4253-a5e0-7188c88b2bb4 SharePoint Online Client
57fcbcfa-7cee-4eb1-8b25-12d2030b4ee0 Microsoft Flow
584a29b4-7876-4445-921e-71e427d4f4b3 Azure Spring Apps Domain-Management Dogfood
585738fa-4b8c-4f90-b926-7eab8c498c69 PowerAppsCustomerManagementPlaneBackend
585fc3c3-9a59-4720-8319-53cce041a605 Azure Arc Appliance Resource Provider
5861f7fb-5582-4c1a-83c0-fc5ffdb531a6 Azure RBAC Data Plane
58acb57d-f51b-4993-8f4a-4e41ad77e481 high.create.powerapps.us
58c746b0-a0b0-4647-a8f6-12dde5981638 Azure AD Identity Governance Insights
58ea322b-940c-4d98-affb-345ec4cccb92 M365 Pillar Diagnostics Service
58ef1dbd-684c-47d6-8ffc-61ea7a197b95 AzNS EventHub Action
595d87a1-277b-4c0a-aa7f-44f8a068eafc Microsoft.SupportTicketSubmission
59d7fccf-1f97-4a79-bb78-e722112f9862 Dynamics 365 Sales
59f0a04a-b322-4310-adc9-39ac41e9631e Azure SRE Agent
5a128dfa-2ded-4deb-b088-fb73a9472488 Microsoft Teams Analytics
5a24b264-c8f3-474d-92f6-a998cca942c1 Dynamics 365 for Marketing
5a4a238f-f186-4fff-95bd-d3e70f9e1a08 Privacy Management
5a4eed13-c4c4-4b4c-9506-334ab200bf31 Office Online Search SSO
5a543d7c-9c4a-4f90-8cc7-6ae082a5b65b Azure HDInsight Surrogate Service
5a807f24-c9de-44ee-a3a7-329e88a00ffc Messaging Bot API Application
5a8800f2-f31d-4654-9bed-f5b368c703f8 Gatekeeper PPE App
5b20c633-9a48-4a5f-95f6-dae91879051f Azure Information Protection
5b404cf4-a79d-4cfe-b866-24bf8e1a4921 Bot Service Token Store
5b534afd-fdc0-4b38-a77f-af25442e3149 Microsoft Support Diagnostics
5b712e99-51a3-41ce-86ff-046e0081c5c0 Marketplace SaaS v2
5b81a823-5f67-4fb3-8d0f-4c92b5044fe4 Liftr Elastic Whale Worker
5c17a0cf-5493-4b86-b23d-dabc1cc46f5a Minit Desktop for Windows
5cfe643a-dd84-4d45-834d-c8d659a72a48 Virtual Visit APIs
5d21c8e8-6d68-4b62-a3a5-bc1900513fad make.high.powerapps.us
5da7367f-09c8-493e-8fd4-638089cddec3 CABProvisioning
5e2795e3-ce8c-4cfb-b302-35fe5cd01597 Designer
5e5e43d4-54da-4211-86a4-c6e7f3715801 Azure Regional Service Manager
5e72ef24-048b-4aae-8fd6-8653ce2d6760 PowerPlatform-commondataserviceforapps-Connector
5ebe1e69-13dd-4953-84fa-a74ed591db2e Microsoft Arcadia Spark Service
5ed8fe41-c1bc-4c06-a531-d91e1f1c2fac Azure Database for PostgreSQL Marlin
601d4e27-7bb3-4dee-8199-90d47d527e1c Office Change Management
60216f25-dbae-452b-83ae-6224158ce95e Microsoft Dynamics CRM App for Outlook
603b8c59-ba28-40ff-83d1-408eee9a93e5 Verifiable Credentials Issuer Service
6046742c-3aee-485e-a4ac-92ab7199db2e Report Message
607e1f95-b519-4bac-8a15-6196f40e8977 StreamToSubstrateRepl
607ece82-f922-494f-88b8-30effaf12214 Azure Machine Learning Compute
608f6f31-fed0-4f7b-809f-90f6c9b3de78 Azure Maps Resource Provider
608f9929-9737-432e-860f-4e1c1821052f Azure VMware Solution RP
60b2e7d5-a27f-426d-a6b1-acced0846fdf IpAddressManager
60c8bde5-3167-4f92-8fdb-059f6176dc0f Enterprise Roaming and Backup
60ca1954-583c-4d1f-86de-39d835f3e452 Microsoft Defender for Identity
60d240cc-7621-469e-80f1-584c53e9cafa DYN365AISERVICEINSIGHTS
60dd25e4-9d08-44fa-9b18-280cff19b15b Surface Hub and Microsoft Teams Room Device Management
60e6cd67-9c8c-4951-9b3c-23c25a2169af Managed Disks Resource Provider
60f38cf4-a0bf-4fdf-b0b5-14d3131bc031 make.test.powerapps.com
61109738-7d2b-4a0b-9fe3-660b1ff83505 SpoolsProvisioning
61a63147-3824-45f5-a186-ace3f4c9daeb MsgDataMgmt
61ae9cd9-7bca-458c-affc-861e2f24ba3b Windows Update for Business Deployment Service
61c28d8b-814f-4a57-9c7f-8cd0580aead2 Iris Provider EOP Web Service
61c50b89-703d-431d-8d80-1e8618748775 Azure Machine Learning OpenAI
61c8fd69-c13e-4ee6-aaa6-24ff71c09bca Teams SIP Gateway
61cccd33-6c1a-4329-b091-504c7ddd882f Power BI Service
61ccfc51-60d1-470a-9dca-f78fcf640d23 MicrosoftServiceCopilot-Prod
61d02d70-ab6c-4569-be48-787ea2cda65d Dynamics 365 Analytics
6201d19e-14fb-4472-a2d6-5634a5c97568 Event Hub MSI App
6204c1d1-4712-4c46-a7d9-3ed63d992682 Microsoft Flow Portal
6208afad-753e-4995-bbe1-1dfd204b3030 Teams ACL management service
62256cef-54c0-4cb4-bcac-4c67989bdc40 OMSOctopiPROD
6253bca8-faf2-4587-8f2f-b056d80998a7 Microsoft Edge Insider Addons Prod
62916641-fc48-44ae-a2a3-163811f1c945 Message Header Analyzer
62b732f7-fc71-40bc-b27d-35efcb0509de Microsoft Teams AadSync
62c559cd-db0c-4da0-bab2-972528c65d42 ACR-Tasks-Network
62fd1447-0ef3-4ab7-a956-7dd05232ecc1 Office Scripts Service
6326e366-9d6d-4c70-b22a-34c7ea72d73d Microsoft Exchange Message Tracking Service
637fcc9f-4a9b-4aaa-8713-a2a3cfda1505 Dynamics CRM Online Administration
63896e48-3d27-4ce2-9968-610b4af62c5d Windows App - macOS
63e61dc2-f593-4a6f-92b9-92e4d2c03d4f Microsoft Intune SCCM Connector
63ea3c01-7483-456e-8073-d3fed34fbdda Azure Container Scale Sets - CS2
644c1b11-f63f-45fa-826b-a9d2801db711 CompliancePolicy
64a7b174-5779-4506-b54c-fbb0d80f1c9b CMAT
64b12d6e-6549-484c-8cc6-6281839ba394 KCS-UserRP
64f79cb9-9c82-4199-b85b-77e35b7dcbcb Microsoft Teams Bots
655db33f-4580-4e63-bad1-4618764badb9 MicrosoftDynamics365MRGuidesCoreClient
65d91a3d-ab74-42e6-8a2f-0add61688c74 Microsoft Approval Management
6608bce8-e060-4e82-bfd2-67ed4f60262f AML Inferencing Frontdoor
660d4be7-2665-497f-9611-a42c2668dbce Microsoft Fluid Framework Preview
66244124-575c-4284-92bc-fdd00e669cea IAMTenantCrawler
66375f6b-983f-4c2c-9701-d680650f588f Microsoft Planner
6682cfa5-2710-44c9-adb8-5ac9d76e394a MTS
66a88757-258c-4c72-893c-3e8bed4d6899 Office 365 Search Service
66c23536-2118-49d3-bc66-54730b057680 Skype Core Calling Service
66c6d0d1-f2e7-4a18-97a9-ed10f3347016 Managed Service
66f1e791-7bfb-4e18-aed8-1720056421c7 Microsoft Azure Stream Analytics
67a65d0c-1fdb-4698-acd3-4ea44058e1c3 Azure AD Publisher Service
67ae0dc4-5f97-4c38-b132-65d38bbab8d1 Dynamics AX Workflow Editor
67e3df25-268a-4324-a550-0de1c7f97287 Microsoft Office Web Apps Service
6872b314-67ab-4a16-98e7-a663b0f772c3 Office365 Shell SS-Server Default
68bc31c0-f891-4f4c-9309-c6104f7be41b Azure AD Assessment
69893ee3-dd10-4b1c-832d-4870354be3d8 AEM-DualAuth
69cc3193-b6c4-4172-98e5-ed0f38ab3ff8 Windows 365 Ibiza Extension
6a0a243c-0886-468a-a4c2-eff52c7445da Application Insights Configuration Service
6a8b4b39-c021-437c-b060-5a14a3fd65f3 Verifiable Credentials Service Admin
6abc93dc-978e-48a3-8e54-458e593ed8cf Customer Service Trial PVA - readonly
6af07558-09e0-40fd-8af6-7759d010cf82 HDIUX_APP
6b11041d-54a2-4c4f-96a2-6053efe46d8b HoloLens Camera Roll Upload
6b91db1b-f05b-405a-a0b2-e3f60b28d645 M365 Admin Services
6bb8e274-af5d-4df2-98a3-4fd78b4cafd9 Azure Container Instance Service
6bc3b958-689b-49f5-9006-36d165f30e00 Teams CMD Services Artifacts
6bccf540-eb86-4037-af03-7fa058c2db75 Geneva Alert RP
6bf85cfa-ac8a-4be5-b5de-425a0d0dc016 Microsoft Entra AD Synchronization Service
6d057c82-a784-47ae-8d12-ca7b38cf06b4 Networking-MNC
6d32b7f8-782e-43e0-ac47-aaad9f4eb839 Permission Service O365
6da466b6-1d13-4a2c-97bd-51a99e8d4d74 Exchange Office Graph Client for AAD - Interactive
6e02f8e9-db9b-4eb5-aa5a-7c8968375f68 NetworkVerifier
6e7d203a-179d-4ae0-87da-a77dd8aa3135 CrmSalesInsightsRA
6e99704e-62d5-40f6-b2fe-90aafbe3a710 OCaaS Experience Management Service
6ea8091b-151d-447a-9013-6845b83ba57b AD Hybrid Health
6eb29b24-9d89-4f26-bf2f-9a84ed2499b8 Common Data Service Global Discovery Service
6ec6a75c-d04e-4613-92da-069f88c74a13 Dynamics 365 Customer Insights Prod - CDS to Azure data lake
6f0478d5-61a3-4897-a2f2-de09a5a90c7f WindowsUpdate-Service
6f459c5d-d670-409b-83a6-68b040f4cb78 Customer Experience Platform FRE PROD
6f7d0213-62b1-43a8-b7f4-ff2bb8b7b452 Dual-write
6f7e0f60-9401-4f5b-98e2-cf15bd5fd5e3 Microsoft Application Command Service
6f82282e-0070-4e78-bc23-e6320c5fa7de Microsoft Discovery Service
703e2651-d3fc-48f5-942c-74274233dba8 Microsoft Dynamics ERP Microservices CDS
706247ff-cdd6-4957-8377-c65e91c8d532 Universal Print Mac Client
707aa1ac-be0a-478d-9ce7-0d2765a5c1d6 Funnel and Engagement Data Service
707be275-6b9d-4ee7-88f9-c0c2bd646e0f Dynamic Alerts
709110f7-976e-4284-8851-b537e9bcb187 Microsoft Device Management Enrollment
70dcc41e-5abf-4ecd-b017-d5c7370e58fe Intune SidecarService ConfidentialClient
71234da4-b92f-429d-b8ec-6e62652e50d7 Microsoft Customer Engagement Portal
719640cd-0337-4b0c-8e6a-431271371fab make.test.powerapps.com
7255edad-9269-44d0-b153-92ceffbf86fa InsightsAppsPlatform
72782ba9-4490-4f03-8d82-562370ea3566 Office 365
7319c514-987d-4e9b-ac3d-d38c4f427f4c AzureContainerService
737d58c1-397a-46e7-9d12-7d8c830883c2 Azure Marketplace Container Management API
73a510c3-9946-46dd-b5ae-a8f0ae68fd04 Azure API Management Portal extension
74374a04-182f-444f-9dad-3978d27aad44 O365 Network Onboarding Tool
74658136-14ec-4630-ad9b-26e160ff0fc6 ADIbizaUX
74bcdadc-2fdc-4bb3-8459-76d06952a0e9 Microsoft Intune Web Company Portal
74cb6831-0dbb-4be1-8206-fd4df301cdc2 Azure Service Fabric Resource Provider
75513c96-801d-4559-830a-6754de13dd19 M365 Label Analytics
7557eb47-c689-4224-abcf-aef9bd7573df Skype for Business
75cba773-c367-4ba4-8d4f-65f91b68c384 Grade Sync
75d4238e-b142-4d2d-aed9-232b830b8706 Viva Skills
75eb2b80-011a-4693-9a47-7971c853603c make.powerpages.microsoft.com
75efb5bc-18a1-4e7b-8a66-2ad2503d79c6 Microsoft Teams Retail Service
765fe668-04e7-42ba-aec0-2c96f1d8b652 Exchange Office Graph Client for AAD - Noninteractive
76c7f279-7959-468f-8943-3954880e0d8c Azure SQL Managed Instance to Microsoft.Network
76cd24bf-a9fc-4344-b1dc-908275de6d6d Azure SQL Virtual Network to Network Resource Provider
78462efa-e271-409c-a90b-ce3fbd93538a Microsoft Teams Admin Gateway Service
7865c1d2-f040-46cc-875f-831a1ef6a28a Azure HDInsight Cluster API
78827f38-7b69-4d5e-a627-d6fdd9c759a0 Microsoft.Blockchain Azure Resource Provider
789997c7-d888-4475-a0a0-35014494de85 Modern Workplace Management
789e8929-0390-42a2-8934-0f9dafb8ec89 Exchange Rbac
78e7bc61-0fab-4d35-8387-09a8d2f5a59d Yggdrasil
794ded15-70c6-4bcd-a0bb-9b7ad530a01a Microsoft Intune Advanced Threat Protection Integration
79d7fb34-4bef-4417-8184-ff713af7a679 Azure Bastion
7a274595-3618-4e6f-b54e-05bb353e0153 Teams NRT DLP Service
7a575ec8-8d12-42eb-9edc-b93f3aa92c48 MicrosoftCrmDataSync
7aa75825-1ea2-4cd1-a38c-90c595a91411 Windows Defender ATP for Flow
7abdc2e3-67d5-4ccf-8138-e133192788e3 MicrosoftFlowDoD
7ae5462d-d9d1-42f6-93ca-198d7b0ca997 Microsoft O365 Scuba
7ae974c5-1af7-4923-af3a-fb1fd14dcb7e OutlookUserSettingsConsumer
7b49e98b-e124-449c-a99f-16894b5572d8 Power BI Service
7b58f833-4438-494c-a724-234928795a67 Directory and Policy Cache
7b7531ad-5926-4f2d-8a1d-38495ad33e17 Azure Advanced Threat Protection
7bf610f7-ecaf-43a2-9dbc-33b14314d6fe Microsoft.SecurityDevOps Resource Provider
7c0a6aea-533c-458c-9f81-15568f10f6e4 Windows 365 IW Service
7c33bfcb-8d33-48d6-8e60-dc6404003489 Network Watcher
7c4f9118-450a-4e75-b96b-df2d0cac4c0d d365-dani-exceladdinprod
7c99d979-3b9c-4342-97dd-3239678fb300 Data Classification Service
7cd684f4-8a78-49b0-91ec-6a35d38739ba Azure Logic Apps
7cf4b8a3-78fd-4d1d-8019-d5041c61ce64 Azure MFA Management
7d9b9ef5-b3c8-45ea-87bc-2da008dc4f72 Microsoft B2B Cross Cloud Worker - Government
7db04568-724f-4632-be9d-fa6e2d14c2b0 JDBC Client Driver
7dcff627-a295-4553-9229-b1f3513f82a8 Power Platform Data Analytics
7dd7250c-c317-4bc6-8528-8d27b02707ef ZTNA Data Acquisition - PROD
7e313d81-57dd-4bdd-906e-337963583de3 Intune DeviceDirectory ConfidentialClient
7e3bc4fd-85a3-4192-b177-5b8bfc87f42c Microsoft Azure Container Apps - Control Plane
7e468355-e4db-46a9-8289-8d414c89c43c Federated Profile Service
7e6fef82-3ea4-444b-9d82-5225256772bc Azure AD Notification
7e9f2fca-0cd8-4a6c-a1a0-7ffe48aec7c6 Intune Remote Help
7ea7c24c-b1f6-4a20-9d11-9ae12e9e7ac0 Teams-Toolkit
7eadcef8-456d-4611-9480-4fff72b8b9e2 Microsoft Account Controls V2
7f0d9978-eb2a-4974-88bd-f22a3006fe17 Intune DiagnosticService
7f15f9d9-cad0-44f1-bbba-d36650e07765 Azure Synapse Link for Dataverse
7f98cb04-cd1e-40df-9140-3bf7e2cea4db JDBC Client Driver
7fba38f4-ec1f-458d-906c-f4e3c4f41335 Sticky Notes Client
80331ee5-4436-4815-883e-93bc833a9a15 Universal Print Connector
80ccca67-54bd-44ab-8625-4b79c4dc7775 Microsoft 365 Security and Compliance Center
80dbdb39-4f33-4799-8b6f-711b5e3e61b6 Billing RP
810dcf14-1858-4bf2-8134-4c369fa3235b Azure AD Identity Governance - Entitlement Management
81473081-50b9-469a-b9d8-303109583ecb Cortana Runtime Service
823dfde0-1b9a-415a-a35a-1ad34e16dd44 Microsoft Teams Wiki Images Migration
826870f9-9fbb-4f23-81b8-3a957080dfa2 Medeina Service Dev
82864fa0-ed49-4711-8395-a0e6003dca1f Microsoft Edge MSAv2
82d8ab62-be52-a567-14ea-1616c4ee06c4 Exchange Online
8338dec2-e1b3-48f7-8438-20c30a534458 ViewPoint
835b2a73-6e10-4aa5-a979-21dfda45231c Azure Lab Services Portal
844cca35-0656-46ce-b636-13f48b0eecbd Microsoft Stream Mobile Native
8463278f-7a65-4b3d-903c-5e66a2ad1164 Mix Tools API
8602e328-9b72-4f2d-a4ae-1387d013a2b3 Azure API Management
86adf623-eea3-4453-9f4a-18134ac1410d Azure Spring Cloud Marketplace Integration
870c4f2e-85b6-4d43-bdda-6ed9a579b725 Microsoft Information Protection Sync Service
87223343-80b1-4097-be13-2332ffa1d666 Outlook Web App Widgets
87684a6d-f115-436c-a231-6a4d08eb01a6 Dynamics 365 CCA Data analytics Prod - CDS to Azure data lake
87749df4-7ccf-48f8-aa87-704bad0e0e16 Microsoft Teams - Device Admin Agent
87e86b91-9ae3-4679-b68a-471fe50be746 Microsoft Managed Policy Manager
883d98cb-7d92-43b7-a194-07e51a2fa5bb Media Recording for Dynamics 365 Sales - TIP
886d9650-b672-4531-b16f-4617b5492d2f AppDeploymentOrchestration
88884730-8181-4d82-9ce2-7d5a7cc7b81e SharePoint Notification Service
88c57617-94ff-4043-a396-8a85a8d38922 Business Central to Common Data Service
8909aac3-be91-470c-8a0b-ff09d669af91 Microsoft Parature Dynamics CRM
891dc8ed-860a-4db7-8988-cb2fa58da3fc AAD Staged Rollout
894b1496-c6e0-4001-b69c-81b327564ca4 Azure Healthcare APIs Resource Provider
89bee1f7-5e6e-4d8a-9f3d-ecd601259da7 Office365 Shell WCSS-Client
89d10474-74af-4874-99a7-c23c2f643083 Azure Iot Hub
8a753eec-59bc-4c6a-be91-6bf7bfe0bcdf Teams Application Gateway
8ad75a3e-ae97-457c-baab-65bd5c95389f BAGSolutionsInstallerTest
8adc51cc-7477-49a4-be4e-263946b4d561 MIP Exchange Solutions - ODB
8ae6a0b1-a07f-4ec9-927a-afb8d39da81c Microsoft Device Management EMM API
8b3391f4-af01-4ee8-b4ea-9871b2499735 O365 Secure Score
8b62382d-110e-4db8-83a6-c7e8ee84296a PowerAI
8b66798c-a359-423d-8d71-567ee6da1016 Dynamics 365 Customer Insights - Consent - DEV
8bbf8725-b3ca-4468-a217-7c8da873186e DeploymentScheduler
8bdebf23-c0fe-4187-a378-717ad86f6a53 ResourceHealthRP
8bea2130-23a1-4c09-acfb-637a9fb7c157 M365 Pillar Diagnostics Service API
8c04f0eb-27fc-44cc-9e48-914b9202890a ApolloProdFirstParty
8c1a9936-578e-4d13-9bd9-9afe53ef7de8 Finance Copilot
8c3406b7-729d-4401-9aa2-9eb88cf68781 Azure AD Notification
8c420feb-03df-47cc-8a05-55df0cf3064b AzureUpdateCenter
8c59ead7-d703-4a27-9e55-c96a0054c8d2 My Profile
8c8fbf21-0ef3-4f60-81cf-0df811ff5d16 Power Query Online GCC-L5
8cae6e77-e04e-42ce-b5cb-50d82bce26b1 Microsoft Policy Insights Provider Data Plane
8d25f88c-09fe-41eb-9ee1-0545adf985df Dynamics 365 Field Service
8d3a7d3c-c034-4f19-a2ef-8412952a9671 Microsoft Office Licensing Service
8d5683a1-43b9-4f38-8906-504eae3c36c9 Identity Scenario Monitoring
8e0e8db5-b713-4e91-98e6-470fed0aa4c2 Microsoft Azure Signup Portal
8e14e873-35ba-4720-b787-0bed94370b17 Microsoft Teams Targeting Application
8ec6bc83-69c8-4392-8f08-b3c986009232 Microsoft Teams-T4L
8edd93e1-2103-40b4-bd70-6e34e586362d Windows Azure Security Resource Provider
8ef61e4d-38da-4ba8-8b1a-4f9c4989c74b Myworkspace-ProdSP
8f348934-64be-4bb2-bc16-c54c96789f43 EDU Assignments
8f41dc7c-542c-4bdd-8eb3-e60543f607ca Microsoft Device Directory Service
8fca0a66-c008-4564-a876-ab3ae0fd5cff Microsoft.SMIT
905fcf26-4eb7-48a0-9ff0-8dcc7194b5ba Sway
90f610bf-206d-4950-b61d-37fa6fd1b224 Aadrm Admin Powershell
911e905a-a50e-4c94-9f7c-48bb12f549ed Azure Blockchain Service
913c6de4-2a4a-4a61-a9ce-945d2b2ce2e0 Dynamics Lifecycle services
918d0db8-4a38-4938-93c1-9313bdfe0272 asmcontainerimagescanner
9191c4da-09fe-49d9-a5f1-d41cbe92ad95 Azure HDInsight Service
9199bf20-a13f-4107-85dc-02114787ef48 One Outlook Web
91ad134d-5284-4adc-a896-d7fd24e9fa15 Microsoft Alchemy Service
91ca2ca5-3b3e-41dd-ab65-809fa3dffffa Sticky Notes API
925eb0d0-da50-4604-a19f-bd8de9147958 Groupies Web Service
92876b03-76a3-4da8-ad6a-0511ffdf8647 ComplianceWorkbenchApp
929cb005-cba1-40c4-a962-ef441029cb6c make.gov.powerpages.microsoft.us
92b61450-2139-4e4a-a0cc-898eced7a779 Afdx Resource Provider
9315aedd-209b-43b3-b149-2abff6a95d59 PowerVirtualAgentsUSGovGCC
93625bc8-bfe2-437a-97e0-3d0060024faa Microsoft password reset service
9362bc14-3e81-4ef9-8b77-f1c40afe68e0 apps.powerapps.com
939fe80f-2eef-464f-b0cf-705d254a2cf2 Power Query Online GCC-L2
93bd1aa4-c66b-4587-838c-ffc3174b5f13 Power Platform Global Discovery Service
93d53678-613d-4013-afc1-62e9e444a0a5 Office Online Add-in SSO
93efed00-6552-4119-833a-422b297199f9 Meru19 First Party App
944861d3-5975-4f8b-afd4-3422c0b1b6ce Customer Service Trial PVA
9449a792-6831-40e2-9097-29dbc6dd4753 Arc Public Cloud - Networking
944f0bd1-117b-4b1c-af26-804ed95e767e Media Analysis and Transformation Service
945d3a88-db20-40bd-a9e3-8f2383a17c88 make.powerpages.microsoft.com
94c63fef-13a3-47bc-8074-75af8c65887a Office Delve
959678cf-d004-4c22-82a6-d2ce549a58b8 Microsoft_Azure_Support
95c6fb36-bab4-4c0f-9d29-37997c601eb7 Frontline Worker Orchestrator Service Test
95de633a-083e-42f5-b444-a4295d8e9314 Microsoft Whiteboard Services
96231a05-34ce-4eb4-aa6a-70759cbb5e83 MicrosoftAzureRedisCache
96636591-1bce-4eef-b8f9-939c0713889f MRMaps PPE
96ff4394-9197-43aa-b393-6a41652e21f8 Power Virtual Agents
9758a0e2-7861-440f-b467-1823144e5b65 FindTime
978877ea-b2d6-458b-80c7-05df932f3723 Microsoft Teams AuditService
978b42f5-e03a-4695-b8df-454959d032c8 BAP CDS Application
97cb1f73-50df-47d1-8fb0-0271f2728514 Transcript Ingestion
97d27433-255e-498c-a280-0cbc9aee407e GlobalDiscoService2
981f26a1-7f43-403b-a875-f8b09b8cd720 Azure Multi-Factor Auth Client
982bda36-4632-4165-a46a-9863b1bbcf7d O365 Demeter
9856e8dd-37b6-4749-a54b-8f6503ea93b7 PrcessSimpleGCCHigh
98785600-1bb7-4fb9-b9fa-19afe2c8a360 Azure Security Insights
98c8388a-4e86-424f-a176-d1288462816f Recommended
98db8bd6-0cc0-4e67-9de5-f187f1cd1b41 Microsoft Substrate Management
99045fe1-7639-4a75-9d4a-577b6ca3810f Azure Active Directory Authentication Extensions
99335b6b-7d9d-4216-8dee-883b26e0ccf7 Power Platform Dataflows Common Data Service Client
996def3d-b36c-4153-8607-a6fd3c01b89f Dynamics 365 Business Central
99b904fd-a1fe-455c-b86c-2f9fb1da7687 Microsoft Exchange ForwardSync
9a375489-421a-4af5-9f4a-3dd5a8f7b0d8 APIHub-Connectors-GCC_notUsed
9abd8443-d92a-40e6-a9ec-e5b6d29bc724 MTP Unified RBAC
9ae330ab-d710-466b-851c-c828e7340846 MicrosoftAutomanaged
9b06ebd4-9068-486b-bdd2-dac26b8a5a7a Microsoft.DynamicsMarketing
9bb724a5-4639-438c-969b-e184b2b1e264 KaizalaActionsPlatform
9bd5ab7f-4031-4045-ace9-6bebbad202f6 Microsoft Visual Studio Services API
9bdab391-7bbe-42e8-8132-e4491dc29cc0 Azure Backup NRP Application
9c60a40b-b5c5-4d01-8588-776209c80db3 Search Federation Connector - Dataverse
9c8b80bc-6887-42d0-b1af-d0c40f9bf1fa Azure SQL Managed Instance to Azure AD Resource Provider
9cb77803-d937-493e-9a3b-4b49de3f5a74 Microsoft Intune Service Discovery
9cd0f7df-8b1a-4e54-8c0c-0ef3a51116f6 DirectoryLookupService
9cdead84-a844-4324-93f2-b2e6bb768d07 Azure Virtual Desktop
9cee029c-6210-4654-90bb-17e6e9d36617 Power Platform CLI - pac
9d06afd9-66c9-49a6-b385-ea7509332b0b O365SBRM Service
9d35fbfb-4215-4ecf-997f-f45bcbd2f9a9 Power BI Service
9d3e55ba-79e0-4b7c-af50-dc460b81dca1 Microsoft Azure Data Catalog
9d4afbbc-06a4-49e0-8005-4e5afd1d4fec ZTNA Network Access Control Plane
9d777fa9-b417-43b8-8991-12f8ee2161d2 Liftr Elastic RPaaS
9d8f559b-5984-46a4-902a-ad4271e83efa Power Virtual Agents Service
9e09aefc-b2e5-4d19-9f74-3e3e8b11a57b Microsoft Azure Synapse Resource Provider
9e133cac-5238-4d1e-aaa0-d8ff4ca23f4e Conferencing Virtual Assistant
9e3b502c-b4a1-441d-98fd-28e482bf7e88 Dynamics 365 Customer Insights - Consent
9e4a5442-a5c9-4f6f-b03f-5b9fcaaf24b1 OfficeServicesManager
9e5d84af-8971-422f-968a-354cd675ae5b ComplianceAuthServer
9e6d7425-da52-4c9d-a3bf-48ce4670f9ef Prod M365FLWPService FirstRelease
9ea1ad79-fdb6-4f9a-8bc3-2b70f96e34c7 Bing
9f4bb91b-347a-47ab-aba4-06db0dcb89e3 Unify Portal Prod
9f6c88b7-0272-4581-a75a-ec0340824ed1 PTSS
a0551534-cfc9-4e1f-9a7a-65093b32bb38 AzureLockbox
a07d3a2b-436e-40ce-9eba-4e5a5664f14c Enterprise File Sync Service
a0be0c72-870e-46f0-9c49-c98333a996f7 AzureDnsFrontendApp
a0f92522-89de-4c5e-9a75-0044ccf66efd ClusterConfigToArcZone
a0fe4328-8965-437b-a350-cf71409d002f Cloud for Nonprofit Installer
a12e8ccb-0fcd-46f8-b6a1-b9df7a9d7231 Azure Arc Data Processing Services
a150d169-7d37-47dd-9b20-156207b7b02f MIP Exchange Solutions
a15bc1de-f777-408f-9d2b-a27ed19c72ba ASA Curation Web Tool
a164aee5-7d0a-46bb-9404-37421d58bdf7 Microsoft Teams AuthSvc
a1b76039-a76c-499f-a2dd-846b4cc32627 Azure Key Vault Managed HSM Key Governance Service
a1bfe852-bf44-4da0-a9c1-37af2d5e6df9 Microsoft Graph Bicep Extension
a25dbca8-4e60-48e5-80a2-0664fdb5c9b6 Microsoft.MileIQ
a2a1fecc-b06e-4a1e-95c1-2afd94bcadff Microsoft People
a303894e-f1d8-4a37-bf10-67aa654a0596 Compute Usage Provider
a306baf0-5ad8-4f6f-babf-6a286b0142ba Azure Data Factory
a3475900-ccec-4a69-98f5-a65cd5dc5306 Partner Customer Delegated Admin Offline Processor
a3747411-ce7c-4888-9ddc-3a230786ca19 Azure Container Registry - Dataplane
a3883eba-fbe9-48bd-9ed3-dca3e0e84250 Exchange Online
a3b79187-70b2-4139-83f9-6016c58cd27b WindowsDefenderATP Portal
a3dfc3c6-2c7d-4f42-aeec-b2877f9bce97 Microsoft Azure AD Identity Protection
a40d7d7d-59aa-447e-a655-679a4107e548 Accounts Control UI
a47591ab-e23e-4ffa-9e1b-809b9067e726 Microsoft Teams User Profile Search Service
a4a365df-50f1-4397-bc59-1a1564b8bb9c Microsoft Remote Desktop
a4b559be-784e-49ec-9b63-7208442255e1 PowerApps Fairfax
a4bad4aa-bf02-4631-9f78-a64ffdba8150 Data Migration Service
a4c1cdb3-88ab-4d13-bc99-1c46106f0727 Marketplace Reviews
a4c95b9e-3994-40cc-8953-5dc66d48348d Microsoft Container Registry
a522f059-bb65-47c0-8934-7db6e5286414 CCIBot
a569458c-7f2b-45cb-bab9-b7dee514d112 Yammer iPhone
a57aca87-cbc0-4f3c-8b9e-dc095fdc8978 IAM Supportability
a59cef1e-2e32-4703-8dab-810d9807efeb ccibots
a5ede409-60d3-4a6c-93e6-eb2e7271e8e3 Azure CLI Extension
a670efe7-64b6-454f-9ae9-4f1cf27aba58 Microsoft Lists App on Android
a672d62c-fc7b-4e81-a576-e60dc46e951d Microsoft Power Query for Excel
a6943a7f-5ba0-4a34-bf91-ab439efdda3f Azure HDInsight on AKS Client
a69788c6-1d43-44ed-9ca3-b83e194da255 Azure Data Studio
a6aa9161-5291-40bb-8c5c-923b567bee3b Storage Resource Provider
a6d2002e-7db6-4da0-94e8-73765fdbc7fb ProcessSimpleDoD
a70c8393-7c0c-4c1e-916a-811bd476ee11 Microsoft Defender for Cloud CIEM
a7d42dcf-5f3b-41b0-8ad5-e7c5808c617a PowerPlatformEnvironmentManagement
a81833f1-fd18-490b-8598-60cd7b6b0382 PowerApps - apps.gov.powerapps.us
a81d90ac-aa75-4cf8-b14c-58bf348528fe Microsoft Community v2
a855a166-fd92-4c76-b60d-a791e0762432 Microsoft Teams VSTS
a85cf173-4192-42f8-81fa-777a763e6e2c Azure Virtual Desktop Client
a8759234-4b8b-4d94-8c0a-ee1ab73af270 WindowsShareExperienceProd
a882f5bd-2492-44fe-bb55-a811aab59451 Intune Compliance Client Prod
a8adde6c-aeb4-4fd6-9d8f-c2dfdecac60a Dynamics 365 collaboration with Microsoft Teams
a8b6bf88-1d1a-4626-b040-9a729ea93c65 Compute Artifacts Publishing Service
a8f7a65c-f5ba-4859-b2d6-df772c264e9d make.powerapps.com
a94f9c62-97fe-4d19-b06d-472bed8d2bcf Azure SQL Database and Data Warehouse
a970bac6-63fe-4ec5-8884-8536862c42d4 Substrate Search Settings Management Service
a99783bc-5466-4cef-82eb-ebf285d77131 Common Job Provider
a9b49b65-0a12-430b-9540-c80b3332c127 Office Online Search
aa175e40-6f9c-4aa5-856a-4638955d2366 Machine Learning Services Network Management
aa580612-c342-4ace-9055-8edee43ccb89 Microsoft Teams Shifts
aa813f0e-407a-459d-93af-805f2bf10f33 Substrate Conversation Intelligence Service
aa9ecb1e-fd53-4aaa-a8fe-7a54de2c1334 Office 365 Configure
aaa651fc-734c-48a1-8c37-ad1724b2088c Microsoft Nonprofit Portal
aacceff9-8ec3-413c-83eb-cb131aaf55c6 Arc Public Cloud - Servers
aad3e70f-aa64-4fde-82aa-c9d97a4501dc RPA - Machine Management Relay Service
aad98258-6bb0-44ed-a095-21506dfb68fe Universal Print PS Module
aaf3f152-fe17-487b-b671-44d3f7bad293 Mimir
ab158d9a-0b5c-4cc3-bb2b-f6646581e4e4 CAP Neptune Prod CM Prod
ab27a73e-a3ba-4e43-8360-8bcc717114d8 Microsoft.OfficeModernCalendar
ab3be6b7-f5df-413d-ac2d-abf1e3fd9c0b Microsoft Teams Graph Service
ab9468a9-c559-47ec-86f6-2f1b48612c09 DataSyncService
aba285d5-d9f3-427b-a994-e9deb4567639 Microsoft SQL Server
abba844e-bc0e-44b0-947a-dc74e5d09022 Domain Controller Services
abbab087-6193-40ef-a96c-6be85a5f43a0 TEST-avsfpapp
ad40333e-9910-4b61-b281-e3aeeb8c3ef3 AI Builder Authorization Service
adc59501-b8c1-453a-a88b-9f4b244c1631 PowerApps Web Player Service - play.apps.appsplatform.us
ae04d195-7aae-4ed7-800c-cfed140e3b1b Business Scenario Service
ae11f5fb-c627-4eec-b4a0-f7b5969426e5 Liftr Datadog RPaaS
ae7deb89-ca76-4073-bf3e-b72165ac58e9 Power Automate Desktop DoD
ae8e128e-080f-4086-b0e3-4c19301ada69 Scheduling
aeb01831-b358-4750-92ce-722e4f3ea7e8 BizQA for CDS
aeb86249-8ea3-49e2-900b-54cc8e308f85 M365 License Manager
af124e86-4e96-495a-b70a-90f90ab96707 OneDrive iOS App
af7c72b5-1a61-4bf3-958b-4e51e1ddfbe8 MRMapsProd
b1379a75-ce5e-4fa3-80c6-89bb39bf646c Microsoft Teams Chat Aggregator
b145fb8f-d278-464f-8de1-894b596ecbde PowerApps - apps.high.powerapps.us
b15cc146-2b25-46c7-90c1-daa6c3e8386b CRM Groups Integration
b20d0d3a-dc90-485b-ad11-6031e769e221 SalesInsightsWebApp
b23dd4db-9142-4734-867f-3577f640ad0c Office Online Loki
b28ec8e1-950e-4bd0-b3d0-c1e93074b88b Azure Gallery RP
b2b4502c-fedd-4748-8828-09e1eae11d6a Dynamics 365 Universal Resource Scheduling
b2cc270f-563e-4d8a-af47-f00963a71dcd OneProfile Service
b4114287-89e4-4209-bd99-b7d4919bcf64 DecomOfficeDelve
b46c3ac5-9da6-418f-a849-0a07a10b3c6c Cloud Infrastructure Entitlement Management
b4bddae8-ab25-483e-8670-df09b9f1d0ea Signup
b4ca0290-4e73-4e31-ade0-c82ecfaabf6a Azure DNS Managed Resolver
b4fa09d8-5da5-4352-83d9-05c2a44cf431 Azure CosmosDB for PostgreSQL AAD Authentication
b503eb83-1222-4dcc-b116-b98ed5216e05 Azure Notification Service
b51a99a9-ccaa-4687-aa2c-44d1558295f4 Microsoft Exact Data Match Upload Agent
b52893c8-bc2e-47fc-918b-77022b299bbc Power BI Data Refresh
b55b276d-2b09-4ad2-8de5-f09cf24ffba9 Microsoft Teams - Teams And Channels Service
b5a60e17-278b-4c92-a4e2-b9262e66bb28 Azure MFA StrongAuthenticationService
b61cc489-e138-4a69-8bf3-c2c5855c8784 Azure Spring Cloud DiagSettings App
b669c6ea-1adf-453f-b8bc-6d526592b419 Focused Inbox
b692184e-b47f-4706-b352-84b288d2d9ee Microsoft.MileIQ.RESTService
b6b84568-6c01-4981-a80f-09da9a20bbed Microsoft Invoicing
b6e69c34-5f1f-4c34-8cdf-7fea120b8670 Office Online Client MSA- Loki
b743a22d-6705-4147-8670-d92fa515ee2b Microsoft Intune Company Portal for Linux
b76e1078-3416-45a9-bb7a-54828299362f Power BI Service
b7912db9-aa33-4820-9d4f-709830fdd78f ConnectionsService
b7faa489-a4c8-4b39-bb0c-842c3de2de6a EASM API
b8066b99-6e67-41be-abfa-75db1a2c8809 Microsoft Intune IW Service
b80a77b1-a78c-4655-9283-e40bbc285af0 CrmSalesInsightsTIP
b8340c3b-9267-498f-b21a-15d5547fd85e Hyper-V Recovery Manager
b861dbcc-a7ef-4219-a005-0e4de4ea7dcf Data Export Service for Microsoft Dynamics 365
b8cf62f3-7cc7-4e32-ab3a-41370ef0cfcf Azure Machine Learning Services Asset Notification
b8d56525-1fd0-4121-a640-e0ede64f74b5 M365CommunicationCompliance
b90d5b8f-5503-4153-b545-b31cecfaece2 AADJ CSP
b97b6bd4-a49f-4a0c-af18-af507d1da76c Office Shredding Service
b9a50111-7110-459d-bc13-534691bd5b7b GitHub Actions API - Dev
b9a92e36-2cf8-4f4e-bcb3-9d99e00e14ab Compute Recommendation Service
b9f7f9ce-78c7-4651-8663-c2ba51a2556a SIAutoCapture
ba23cd2a-306c-48f2-9d62-d3ecd372dfe4 DecomOfficeGraph
ba9ff945-a723-4ab5-a977-bd8c9044fe61 My Staff
bb0fc165-b959-4e50-a8fc-309c1193e396 CRM Power BI Integration GCC
bb2a2e3a-c5e7-4f0a-88e0-8e01fd3fc1f4 CPIM Service
bb2a64ee-5d29-4b07-a491-25806dc854d3 Verifiable Credentials Service
bb301b1f-c8f3-473a-9ff5-7ad970c639c2 Azure Analysis Services User Picker
bb3d68c2-d09e-4455-94a0-e323996dbaa3 Medeina Service
bb55177b-a7d9-4939-a257-8ab53a3b2bc6 Azure Arc Data Services
bb5ffd56-39eb-458c-a53a-775ba21277da Medeina Portal
bb893c22-978d-4cd4-a6f7-bb6cc0d6e6ce Olympus
bb8f18b0-9c38-48c9-a847-e1ef3af0602d Microsoft.Azure.ActiveDirectoryIUX
bbb94529-53a3-4be5-a069-7eaf2712b826 Verifiable Credential Request Service
bc59ab01-8403-45c6-8796-ac3ef710b3e3 Outlook Online Add-in App
bd414a4d-005a-4a51-a63e-12097e3dcd19 LobeClientDev
bd6d9218-235b-4abd-b3be-9ff157dcf36c MDC Data Sensitivity
bd93b475-f9e2-476e-963d-b2daf143ffb9 SQLVMResourceProviderAuth
bd9b7cd5-dac1-495f-b013-ac871e98fa5f ClusterConfigResourceSync
bdb3d4c5-dc11-426e-8f04-2621dbcce738 Flow-RP
bdd48c81-3a58-4ea9-849c-ebea7f6b6360 Password Breach Authenticator
be14bf7e-8ab4-49b0-9dc6-a0eddd6fa73e Monitoring Account API
be1918be-3fe3-4be9-b32b-b542fc27f02e M365 Compliance Drive Client
be5f0473-6b57-40f8-b0a9-b3054b41b99e AI Builder Prod Non God Mode
bee5ee7b-22c7-4e94-9b8b-031319e230a3 Viva Goals Integrations
bf04bdab-e06f-44f3-9821-d3af64fc93a9 Dynamics 365 Fraud Protection
bf26f092-3426-4a99-abfb-97dad74e661a Azure AD Identity Governance
bf283ae6-5efd-44a8-b56a-2a7939982d60 Azure Machine Learning Authorization App 2
bf4fa6bf-d24c-4d1c-8cfd-12063dd646b2 AADPremiumService
bf7b96b3-68e4-4fd9-b697-637f0f1e778c Universal Store Entitlements Service
bf8eb16c-7ba7-4b47-86be-ac5e4b2007a5 Microsoft.CustomProviders RP
bf9fc203-c1ff-4fd4-878b-323642e462ec Jarvis Transaction Service
c00e9d32-3c8d-4a7d-832b-029040e7db99 Microsoft Azure Information Protection
c03594ff-1168-40fb-aef7-eb9f1edf7278 Enterprise File Sync Admin Service
c066d759-24ae-40e7-a56f-027002b5d3e4 M365DataAtRestEncryption
c0d2a505-13b8-4ae0-aa9e-cddd5eab0b12 Microsoft Power BI
c10f411a-874c-485c-9d66-6e0b34202c41 SEAL SNI
c1c74fed-04c9-4704-80dc-9f79a2e515cb Yammer Web
c2ada927-a9e2-4564-aae2-70775a2fa0af OCaaS Client Interaction Service
c2b3bb2d-34bb-46d7-bc1f-94480c1345a0 MALogAnalyticsReader
c35cb2ba-f88b-4d15-aa9d-37bd443522e1 GroupsRemoteApiRestClient
c39c9bac-9d1f-4dfb-aa29-27f6365e5cb7 Azure Advisor
c4288165-6698-45ba-98a5-48ea7791fed3 Azure Service Connector Resource Provider
c476eb34-4c94-43bc-97fc-94ede0534615 AzUpdateCenterBilling
c4829704-0edc-4c3d-a347-7c4a67586f3c MicrosoftGraphSecurityConnector
c495cfdc-814f-46a1-89f0-657921c9fbe0 Azure AD Identity Governance - Dynamics 365 Management
c4ce8d07-0c1e-418d-8777-dc2d1e452061 Microsoft Defender for Cloud Azure Discovery
c505e273-0ba0-47e7-a0bd-f48042b4524d AzureBackup_WBCM_Service
c58637bb-e2e1-4312-8a00-04b5ffcd3403 SharePoint Online Client Extensibility
c5b17a4f-cc6f-4649-9480-684280a2af3a aciapi
c606301c-f764-4e6b-aa45-7caaaea93c9a Office Store
c61d67cf-295a-462c-972f-33af37008751 Call Quality Dashboard
c6871074-3ded-4935-a5dc-b8f8d91d7d06 ISV Portal
c699bf69-fb1d-4eaf-999b-99e6b2ae4d85 ClusterConfigToConnectedCluster
c6d1e3ad-0185-40e0-a11b-0542b185d12c PowerAppsGov
c6e44401-4d0a-4542-ab22-ecd4c90d28d7 App Protection
c728155f-7b2a-4502-a08b-b8af9b269319 AAD Request Verification Service - PROD
c7bb12bf-0b39-4f7f-9171-f418ff39b76a Azure Lab Services
c7d28c4f-0d2c-49d6-a88d-a275cc5473c7 AIRS
c7ddd9b4-5172-4e28-bd29-1e0792947d18 Microsoft Mixed Reality
c830ddb0-63e6-4f22-bd71-2ad47198a23e Microsoft To-Do
c84a0f23-a0f8-4e8e-918b-57db620d110a Power Platform Admin Center Client Test
c8f5141d-83e0-4e9a-84d0-bb6677e26f64 Azure Guest Container Update Manager
c92229fa-e4e7-47fc-81a8-01386459c021 Common Data Service User Management
c9224372-5534-42cb-a48b-8db4f4a3892e MS Teams Griffin Assistant
c9299480-c13a-49db-a7ae-cdfe54fe0313 PowerApps-Advisor
c94526fa-9f4b-4d30-99f5-849636e4552f Office 365 Client Insights Substrate Services Prod
c9475445-9789-4fef-9ec5-cde4a9bcd446 Messaging Bot API Application for GCC
c94ede5f-b856-405a-bcd9-406285330a76 PrivacyEngine
c98e5057-edde-4666-b301-186a01b4dc58 MicrosoftEndpointDLP
c9a559d2-7aab-4f13-a6ed-e7e9c52aec87 Microsoft Forms
c9b24c1a-09c1-4726-a288-709c86a12a9b Omnichannel
c9d254a9-346a-4c00-95eb-950cb62a58f0 SmartList Designer
c9d36ed4-91b3-4c87-b8d7-68d92826c96c Modern Workplace Customer APIs
c9e0b461-3515-4a03-b576-ede91ed4336d Azure Confidential Ledger
ca0a114d-6fbc-46b3-90fa-2ec954794ddb Microsoft Device Management Checkin
cab96880-db5b-4e15-90a7-f3f1d62ffe39 Microsoft Defender Platform
cb1bda4c-1213-4e8b-911a-0a8c83c5d3b7 Office 365 Service Communications
cb250467-fc8f-4c42-8349-9ff9e9a17b02 Deprecated - CAS API Security RP Dev
cb2ff863-7f30-4ced-ab89-a00194bcf6d9 Azure AI Foundry App
cb43afba-eb6b-4cef-bf00-758b6c233beb Azure OSSRDBMS MySQL Flexible Server BYOK
cb47b44e-c0a3-47a5-85ce-3dc039c85e80 PADWAMigratorGCCHigh
cb4dc29f-0bf4-402a-8b30-7511498ed654 Power BI Premium
cb5b7de5-2ef8-4fb2-9600-9feadb91dc45 Microsoft Launcher
cbba985a-17bf-4a94-aedd-601b84e47e70 Power BI Service
cbf8c392-4ffb-4d85-9d4a-f7678d381a1f Windows App - Android
cbfda01c-c883-45aa-aedc-e7a484615620 Microsoft Windows AutoPilot Service API
cbff9545-769a-4b41-b76e-fbb069e8727e Microsoft Defender for Cloud Pricing Resource Provider
cc7b0696-1956-408b-876a-ad6bf2b9890b Reset Viral Users Redemption Status
ccc737ba-4bcc-4a71-8e38-f0e86310d5e8 FlowRPCustomConnector
ccf4d8df-75ce-4107-8ea5-7afd618d4d8a Microsoft Intune AAD BitLocker Recovery Key Integration
cd1b8394-07a3-43b1-8aba-ce6ee572d0af Frontline Worker Orchestrator Service
cd34d57a-a3ef-48b1-b84b-9686f0f7c099 Aria
cdccd920-384b-4a25-897d-75161a4b74c1 Skype Teams Firehose
ce48853e-0605-4f77-8746-d70ac63cc6bc Bot Framework Composer
ce6ff14a-7fdc-4685-bbe0-f6afdfcfa8e0 Azure Linux VM Sign-In
ce79fdc4-cd1d-4ea5-8139-e74d7dbe0bb7 Lifecycle Workflows
ce9f9f18-dd0c-473e-b9b2-47812435e20d Microsoft Dynamics CRM for tablets and phones
cedebc57-38a2-4f0a-8472-dfcbba5b04c6 M365 Compliance Drive
cf36b471-5b44-428c-9ce7-313bf84528de Microsoft Bing Search
cf53fce8-def6-4aeb-8d30-b158e7b1cf83 Microsoft Stream Portal
cf6c77f8-914f-4078-baef-e39a5181158b Microsoft Teams Settings Store
cf6d7e68-f018-4e0a-a7b3-126e053fb88d Azure AD Connect Health Agent
cf710c6e-dfcc-4fa8-a093-d47294e44c66 Azure Analysis Services Client
cf8f0657-7610-4b05-8723-a4322ae045c6 Microsoft Dynamics Document Routing Agent
cfbd4387-1a16-4945-83c0-ec10e46cd4da Azure Security for IoT
d00b5d58-cae5-42ad-ae0a-5a2e6f7ee6c9 Arc Token Service
d00f51c7-f7b6-4989-b73f-7e3093498cd7 Power BI Service
d024ca46-2708-4d20-903e-b18b7e1d95dc Dynamics365Assistant
d0597157-f0ae-4e23-b06c-9e65de434c4f Microsoft Teams Task Service
d0af0b2c-272b-4820-80ce-af3cc751950f sophia.api.microsoft.com
d0df5b7c-9183-4f34-89de-c64ef4a5e1f3 CortanaUWPClient
d10de03d-5ba3-497a-90e6-7ff8c9736059 Atlas
d176f6e7-38e5-40c9-8a78-3998aab820e7 Microsoft Online Syndication Partner Portal
d1ddf0e4-d672-4dae-b554-9d5bdfd93547 Microsoft Intune PowerShell
d29a4c00-4966-492a-84dd-47e779578fb7 Discovery Service
d2a0a418-0aac-4541-82b2-b3142c89da77 Microsoft Operations Management Suite
d2a590e7-6906-4a45-8f41-cecfdca9bca1 Hybrid RP Application
d2eb9fef-f34c-40ec-b6a3-4bf524065158 Office voice transcript generator AAD
d2fa1650-4805-4a83-bcb9-cf41fe63539c ACR-Tasks-Prod
d326c1ce-6cc6-4de2-bebc-4591e5e13ef0 SharePoint
d32c68ad-72d2-4acb-a0c7-46bb2cf93873 Microsoft Activity Feed Service
d396de1f-10d4-4023-aae2-5bb3d724ba9a Exchange Online
d3ee6f25-becc-4659-9bc6-bbe6af7d18e6 OneLTI
d4a55fa7-2c20-434d-8942-689200452979 DynamicsCRMCortanaCacheService
d4ebce55-015a-49b5-a083-c84d1797ae8c Microsoft Intune Enrollment
d5097d05-956f-4ae2-b6a2-eff25f5689b3 Windows Update for Business Cloud Extensions PowerShell
d52485ee-4609-4f6b-b3a3-68b6f841fa23 On-Premises Data Gateway Connector
d52792f4-ba38-424d-8140-ada5b883f293 AAD Terms Of Use
d5527362-3bc8-4e63-b5b3-606dc14747e9 Dynamics Retail Cloud POS
d5e23a82-d7e1-4886-af25-27037a0fdc2a ZTNA Network Access Client -- M365
d6037e40-282c-493d-8f63-f255e36c6ef4 Microsoft Dynamics 365 Supply Chain Visibility
d6101214-691f-47d0-8ea3-dca752e62d71 Dataverse Resource Provider
d62121f3-e023-4972-b6b0-794190c0fd98 Office 365 Mover
d6b5a0bd-bf3f-4a8c-b370-619fb3d0e1cc Dynamics Retail Modern POS
d6d855d0-705d-4f41-8a67-215ffa52110a Microsoft.IoTFirmwareDefense.Prod
d6fdaa33-e821-4211-83d0-cf74736489e1 Microsoft Service Trust
d7097cd1-c779-44d0-8c71-ab1f8386a97e Microsoft Office Licensing Service Agents
d7304df8-741f-47d3-9bc2-df0e24e2071f Azure Machine Learning Web App
d73f4b35-55c9-48c7-8b10-651f6f2acb2e MCAPI Authorization Prod
d7813711-9094-4ad3-a062-cac3ec74ebe8 Microsoft.Azure.Services.AppAuthentication
d7b530a4-7680-4c23-a8bf-c52c121d2e87 Microsoft Edge Enterprise New Tab Page
d7d7af51-cdcd-4a4c-9467-86e7dc5d2b90 Office Online OWLNest
d7e0a6a1-dde5-4f6e-81ce-781fa7483834 mil.create.powerapps.us
d82073ec-4d7c-4851-9c5d-5d97a911d71d Kaizala Sync Service
d828acde-4b48-47f5-a6e8-52460104a052 Automanage API Access
d87dcbc6-a371-462e-88e3-28ad15ec4e64 Domain Controller Services
d8877f27-09c0-43aa-8113-40151dae8b14 Microsoft Intune AndroidSync
d88a361a-d488-4271-a13f-a83df7dd99c2 IDML Graph Resolver Service and CAD
d8c767ef-3e9a-48c4-aef9-562696539b39 Request Approvals Read Platform
d8fa9ca8-15de-4a33-b719-9c944b9b2e3e Sophia Platform Service API
d9327919-6775-4843-9037-3fb0fb0473cb Databricks Resource Provider
d93420f9-abc8-46b7-b7fc-30ec1f007ee2 Azure API Hub - GCC-Med
d9b8ec3a-1e4e-4e08-b3c2-5baf00c0fcb0 HxService
d9ce8cfa-8bd8-4ff1-b39b-5e5dd5742935 Omnichannel for CS CRM ClientApp Primary
d9d5c99e-b0b4-4bad-92cc-5a6eb5421985 M365 Lighthouse Service
da9b70f6-5323-4ce6-ae5c-88dcc5082966 Universal Print
dac3dc4c-8be0-4972-8c97-e0a8500927f3 PowerAppsDataPlaneBackend
dad3c6de-ed58-42ef-989f-9c0303aaeedc PowerAutomate-ProcessMining
dae89220-69ba-4957-a77a-47b78695e883 Universal Print Native Client
db040338-7cb4-44df-a22b-785bde7ce0e2 RPA - Machine Management Relay Service - Application
db55028d-e5ba-420f-816a-d18c861aefdf Microsoft Office Licensing Service vNext
db662dc1-0cfe-4e1c-a843-19a68e65be58 KustoClient
dbc36ae1-c097-4df9-8d94-343c3d091a76 Service Encryption
dbcbd02a-d7c4-42fb-8c27-b07e5118b848 Azure Graph
dc3294af-4679-418f-a30c-76948e23fe1c Microsoft Kaizala
dc426ec9-396a-46fd-8445-564554907e34 PowerApps Web Player Service - high.apps.powerapps.us
dcad865d-9257-4521-ad4d-bae3e137b345 Microsoft SharePoint Online - SharePoint Home
dd47d17a-3194-4d86-bfd5-c6ae6f5651e3 Microsoft Defender for Mobile
dd4c082e-4e78-4792-a772-4821616bad01 Microsoft Business Solutions
dd63a01a-ae84-4d07-bf60-69dadeaa8c89 Project Finder Mobile
dd762716-544d-4aeb-a526-687b73838a22 Microsoft Device Registration Client
dd79bf6f-53fa-4c5f-962b-d029d26a579e VoiceApplicationAnalytics
dda27c27-f274-469f-8005-cce10f270009 AADPasswordProtectionProxy
ddc728e9-153d-4032-ab80-80e57af7a56f Azure Monitor for VMs
de0853a1-ab20-47bd-990b-71ad5077ac7b Windows Configuration Designer (WCD)
de096ee1-dae7-4ee1-8dd5-d88ccc473815 MileIQ Admin Center
de17788e-c765-4d31-aba4-fb837cfff174 Skype for Business Management Reporting and Analytics - Legacy
de247707-4e4a-47d6-89fd-3c632f870b34 CloudLicensingSystem
de490f5e-b798-48d8-ae3b-c220d7494cef BAGSolutionsInstaller
de50c81f-5f80-4771-b66b-cebd28ccdfc1 Device Management Client
de926fbf-e23b-41f9-ae15-c943a9cfa630 Microsoft Azure Authorization Private Link Provider
dee7ba80-6a55-4f3b-a86c-746a9231ae49 Microsoft AppPlat EMA
df09ff61-2178-45d8-888c-4210c1c7b0b2 O365 UAP Processor
df2798fc-2aed-4c3a-98ae-1776949480c4 Zero Trust Assessment
df77edef-903d-416b-bcc0-cc8b91af54ea Defender for IoT
dfe74da8-9279-44ec-8fb2-2aed9e1c73d0 O365 SkypeSpaces Ingestion Service
e036f41b-7edf-47ee-b373-b4b374a2e33c Modern Workplace App Diagnostic Authenticator
e03a13ee-9730-4cae-8525-47559c8cf18a Office Online Service
e08ab642-962a-4175-913c-165f557d799a teams contacts griffin processor
e0ccf59d-5a20-4a87-a122-f42842cdb86a Microsoft Defender for Cloud Scanner Resource Provider
e10af16e-ea3e-4ee2-8c87-61f71f9b8fa5 Power BI Service
e1335bb1-2aec-4f92-8140-0e6e61ae77e5 CIWebService
e158eb19-34ac-4d1b-a930-ec92172f7a97 Audit Search Api Service
e1829006-9cf1-4d05-8b48-2e665cb48e6a Microsoft Teams Web Client
e18cedde-9458-482f-9dd1-558c597ac42e Hybrid Connectivity RP
e1979c22-8b73-4aed-a4da-572cc4d0b832 App Studio for Microsoft Teams
e1ef36fd-b883-4dbf-97f0-9ece4b576fc6 Yammer Web Embed
e28ff72c-58a5-49ba-8125-42ec264d7cd0 Office Browser Extension
e29b5c86-b9ab-4a86-9a20-d10842007599 SharePoint Framework Azure AD Helper
e3335adb-5ca0-40dc-b8d3-bedc094e523b SubscriptionRP
e3583ad2-c781-4224-9b91-ad15a8179ba0 Microsoft.ExtensibleRealUserMonitoring
e3bfd6ac-eace-4438-9dc1-eed439e738de MicrosoftMigrateProject
e3cf99e1-a6e5-4284-9f92-261c7713bc54 Customer Experience Platform CDPA Provisioning PROD
e462442e-6682-465b-a31f-652a88bfbe51 Microsoft events
e4ab13ed-33cb-41b4-9140-6e264582cf85 Azure SQL Database Backup To Azure Backup Vault
e548fb5c-c385-41a6-a31d-6dbc2f0ca8a3 Microsoft Dynamics Jobs Service
e582717c-581c-4a51-a8d7-5cd28f59497a Prod M365FLWPClient FirstRelease
e64aa8bc-8eb4-40e2-898b-cf261a25954f CRM Power BI Integration
e64bd61e-5424-451f-b666-e02ee2878437 Microsoft Power Platform Service
e6650347-047f-4e51-9386-839384472ea5 Bot Service Resource Provider
e6f9f783-1fdb-4755-acaf-abed6c642885 Meru19 MySQL First Party App
e81c7467-0fc3-4866-b814-c973488361cd AzureBackup_Fabric_Service
e8ab36af-d4be-4833-a38b-4d6cf1cfd525 Microsoft Social Engagement
e8bdeda8-b4a3-4eed-b307-5e2456238a77 Office365 Shell SS-Server
e8be65d6-d430-4289-a665-51bf2a194bda Microsoft 365 App Catalog Services
e8c38929-689f-4155-96f7-ab45b0f67cec TrustedPublishersProxyService-GccModerate
e8de9221-a19c-4c81-b814-fd37c6caf9d2 Azure Spring Cloud Resource Provider
e8e8fc40-94d5-4ed6-89f2-9e5ec6c1e11e MM_Reactions_PME_PROD
e935b4a5-8968-416d-8414-caed51c782a9 MicrosoftGuestConfiguration
e95a6071-4f90-4971-84e2-492d9323345b CosmosDBMongoClusterPrivateEndpoint
e95d8bee-4725-4f59-910d-94d415da51b9 Skype for Business Name Dictionary Service
e9710088-bcdf-4a36-a7cd-ab24f73dfd23 Intune PartnerAPI Client Prod
e97edbaf-39b2-4546-ba61-0a24e1bef890 Teams EHR Connector
e9b154d0-7658-433b-bb25-6b8e0a8a7c59 Outlook Lite
e9c19b55-5325-4cf3-a268-e380bc74c907 Microsoft_EMM_ModernWorkplace
e9c51622-460d-4d3d-952d-966a5b1da34c Microsoft Edge
ea0616ba-638b-4df5-95b9-636659ae5121 Power BI Gateway
ea2f600a-4980-45b7-89bf-d34da487bda1 Microsoft.Azure.DomainRegistration
ea62c1c6-550b-4238-8ea7-c55a85d86be8 Teams Work Report
ea890292-c8c8-4433-b5ea-b09d0668e1a6 Azure Credential Configuration Endpoint Service
eacba838-453c-4d3e-8c6a-eb815d3469a3 Microsoft Flow CDS Integration Service TIP1
eace8149-b661-472f-b40d-939f89085bd4 Substrate Instant Revocation Pipeline
eaf8a961-f56e-47eb-9ffd-936e22a554ef DecomDevilFish
eb070ea5-bd17-41f1-ad68-5851f6e71774 Service Bus MSI App
eb539595-3fe1-474e-9c1d-feb3625d1be5 Microsoft Tunnel
ebde7daf-df42-4ade-81a4-d67b339b49e9 Windows Clock
ebf6b2b7-c635-4217-b6b7-21de4ac65764 WPSTrialSignUpService_Prod
ec245c98-4a90-40c2-955a-88b727d97151 Azure AD Identity Governance - Directory Management
ec52d13d-2e85-410e-a89a-8c79fb6a32ac Azure Synapse Studio
ecafc2d9-cf1a-49a7-b60f-e44e34a988d2 Azure CosmosDB for PostgreSQL Microsoft EntraId
edfdd43b-26b5-498b-b89f-515ddf78dcc2 CCaaSCRMClient
ee272b19-4411-433f-8f28-5c13cb6fd407 Microsoft 365 Support Service
ee90a17f-1cb7-4909-be27-dfc2dcc4dc15 Power Automate Desktop
eea619ad-603a-4b03-a386-860fcc7410d1 Microsoft Mesh
eec53b1f-b9a4-4479-acf5-6b247c6a49f2 Microsoft.HybridCompute Agent Service
eec63e08-5dea-428c-aade-23c000f82d93 Power BI Service
ef47e344-4bff-4e28-87da-6551a21ffbe0 BingTest
ef4c7f67-65bd-4506-8179-5ddcc5509aeb Skype For Business Entitlement
ef5d5c69-a5df-46bb-acaf-426f161a21a2 Managed Service Identity
ef947699-9b52-4b31-9a37-ef325c6ffc47 Power Query Online GCC-L4
f034940d-60b7-4587-afc9-ac1786ad7419 RelevanceSearch
f05ff7c9-f75a-4acd-a3b5-f4b6a870245d SharePoint Android
f09d1391-098c-47d7-ac7e-6ed2afc5016b MicrosoftAzureADFulfillment
f0ae4899-d877-4d3c-ae25-679e38eea492 AAD App Management
f0b72488-7082-488a-a7e8-eada97bd842d Power BI Report Builder
f0cf43e5-8a9b-451c-b2d5-7285c785684d Windows Defender Security Intelligence
f10573e9-a3c7-41b4-b203-4b1baed8fc8c Customer Experience Platform FRE TIP Non-Prod
f1346770-5b25-470b-88bd-d5744ab7952c Intune Autopilot ConfidentialClient
f18474f2-a66a-4bb0-a3c9-9b8d892092fa MaintenanceResourceProvider
f18ab2c3-b542-4c6c-882a-aef7ffb75194 MIgrateApps_From_ADFS_To_AzureAD
f18b59c9-5926-4a65-8605-c23ec8c7e074 console-m365d
f1a1e36a-d61f-4283-9f48-0867636e332c Power Automate Desktop GCC High
f25a7567-8ec5-4582-8a65-bfd66b0530cc ReportReplica
f2c304cf-8e7e-4c3f-8164-16299ad9d272 Azure Management Groups
f36c30df-d241-4c14-a0ee-752c71e4d3da IDS-PROD
f3723d34-6ff5-4ceb-a148-d99dcd2511fc Bot Framework Dev Portal
f3a218b7-5c8f-460b-93af-56b072788c15 Microsoft Workplace Search Service
f3b07414-6bf4-46e6-b63f-56941f3f4128 Microsoft Power Query
f3d5b479-4d7f-4a81-9e00-09e2b452c04e Azure Health Models Data API
f40b99cd-675e-4ce8-ae86-47b77d2a9c4d Microsoft Mashup Engine
f416c5fc-9ac4-4f66-a8e5-cb203139cbe4 OCPS Admin Service
f433e0e9-d3ff-42fb-abe1-e91e34f5f293 Power BI Service
f448d7e5-e313-4f90-a3eb-5dbb3277e4b3 Media Recording for Dynamics 365 Sales
f44b1140-bc5e-48c6-8dc0-5cf5a53c0e34 Microsoft Edge
f5223e1a-4d50-4fda-9049-55d819fbb03e Customer Experience Platform CDPA Provisioning TIP Non-Prod
f53895d3-095d-408f-8e93-8f94b391404e Portfolios
f5aeb603-2a64-4f37-b9a8-b544f3542865 Microsoft Teams RetentionHook Service
f5eaa862-7f08-448c-9c4e-f4047d4d4521 FindTime
f5fe7750-c730-4d4f-8517-0b1ad5bd2bd5 CAP Package Deployer Service IM
f6b60513-f290-450e-a2f3-9930de61c5e7 Microsoft Azure Log Search Alerts
f6e5c0c2-4746-4152-b162-91309d5556df IC3 Modern Effective Config
f7069a8d-9edc-4300-b365-ae53c9627fc4 Microsoft.MileIQ.Dashboard
f71766dc-90d9-4b7d-bd9d-4499c4331c3f Azure Blueprints
f738ef14-47dc-4564-b53b-45069484ccc7 Marketplace Api
f7a2a81e-ab33-4560-a3dd-6ddca3c5ec6d Membership View Service
f8c6c2cc-4c3a-4157-b91c-11034ba01a6e Intune AndroidFOTAService ConfidentialClient
f8f7a2aa-e116-4ba6-8aea-ca162cfa310d Microsoft Graph Connectors Core
f9a5ac11-cab3-45f0-9d0f-83463ba2e34c make.test.powerpages.microsoft.com
f9d02341-e7aa-456d-926d-4a0ca599fbee Office 365 Enterprise Insights
fa3d9a0c-3fb0-42cc-9193-47c7ecd2edbd Microsoft Partner Center
fac5b0fe-9b16-4ae3-b20b-324ec3f033d3 make.mil.powerapps.us
fb9de05a-fecc-4642-b3ca-66b9d4434d4d Azure Machine Learning Authorization App 1
fbb0ac1a-82dd-478b-a0e5-0b2b98ef38fe Substrate-FileWatcher
fbc61429-7762-4b4a-8f9d-c728a1a5e792 Flow Xrm System User
fc03f97a-9db0-4627-a216-ec98ce54e018 Azure AD Notification
fc0f3af4-6835-4174-b806-f7db311fd2f3 Microsoft Intune Windows Agent
fc4979e5-0aa5-429f-b13a-5d1365be5566 Microsoft Power BI Government Community Cloud
fc68d9e5-1f76-45ef-99aa-214805418498 Azure AD Identity Protection
fc75330b-179d-49af-87dd-3b1acf6827fa AzureAutomation
fca5a20d-55aa-4395-9c2f-c6147f3c9ffa Microsoft Remote Assist
fcf50ee5-8107-45e4-9a37-838727a360f5 Omnichannel for CS Admin App Prod
fd14a986-6fe4-409a-883e-cdec1009cd54 Intune Grouping and Targeting Client Prod
fd225045-a727-45dc-8caa-77c8eb1b9521 Azure Help Resource Provider
fd642066-7bfc-4b65-9463-6a08841c12f0 Microsoft Purview Platform
fdd7719f-d61e-4592-b501-793734eb8a0e SharePointMigrationTool
fdf9885b-dd37-42bf-82e5-c3129ef5a302 Microsoft Support
fe053c5f-3692-4f14-aef2-ee34fc081cae Azure API Connections
fe6aa35b-7da8-44fd-a44e-e2d4bafbdab5 Modern Workplace Tools
fe93bfe1-7947-460a-a5e0-7a5906b51360 Viva Insights
feb2c8aa-4f70-4881-abec-521141627b04 make.gov.powerapps.us
feff8b5b-97f3-4374-a16a-1911ae9e15e9 Cloud Hybrid Search
ffa7d2fe-fc04-4599-9f6d-7ca06dd0c4fd Product Insights - CDS to Azure data lake - app
ffcb16e8-f789-467c-8ce9-f826a080d987 SharedWithMe`;
