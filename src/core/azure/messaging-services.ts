import type { AzureService } from './service.ts';

/**
 * Who carries messages: queues, events, devices, sockets.
 *
 * `*.servicebus.*` serves queues and event hubs, and also the hybrid connections of Relay. Those hand every header of a
 * request to whoever listens, and need no token where the owner says so: whether `Authorization` is among what is handed
 * on is nowhere ruled out (RELAY, "HTTP request protocol", "requestHeaders"). A token for Service Bus, Event Hubs or
 * Relay is good at every namespace, and nobody sees at the address which kind it is: the user is asked, once for each
 * namespace. A token for one namespace is at home at that one.
 */
export const MESSAGING_SERVICES = {
  serviceBus: {
    name: 'Azure Service Bus',
    appIds: ['80a10ef9-8168-493d-abf9-3297c4ef6e3c'],
    listeners: 'mixed',
    target: 'dataPlane',
    alsoTakes: ['eventHubs', 'relay'],
    places: {
      public: { hosts: ['*.servicebus.windows.net'], audiences: ['https://servicebus.azure.net'] },
      usgov: { hosts: ['*.servicebus.usgovcloudapi.net'], audiences: ['https://servicebus.azure.net'] },
      china: {
        hosts: ['*.servicebus.chinacloudapi.cn'],
        audiences: ['https://servicebus.azure.net'],
        unconfirmed: ['*.servicebus.chinacloudapi.cn'],
      },
    },
    source: 'SDK, GOV, RELAY, DNS',
  },
  eventHubs: {
    name: 'Azure Event Hubs',
    appIds: ['80369ed6-5f11-4dd9-bef3-692475845e77'],
    listeners: 'mixed',
    places: { public: { hosts: [], audiences: ['https://eventhubs.azure.net'] } },
    source: 'MERILL, SDK',
  },
  relay: {
    name: 'Azure Relay',
    appIds: ['91bb937c-29c2-4275-982f-9465f0caf03d'],
    listeners: 'mixed',
    places: { public: { hosts: [], audiences: ['https://relay.azure.net'] } },
    source: 'RELAY, MERILL',
  },
  eventGrid: {
    name: 'Azure Event Grid',
    appIds: ['823c0a78-5de0-4445-a7f5-c2f42d7dc89b', '4962773b-9cdb-44cf-a8bf-237846a00ab7'],
    listeners: 'microsoft',
    target: 'dataPlane',
    places: {
      public: { hosts: ['*.eventgrid.azure.net'], audiences: ['https://eventgrid.azure.net'] },
      usgov: {
        hosts: ['*.eventgrid.azure.us'],
        audiences: ['https://eventgrid.azure.us'],
        unconfirmed: ['https://eventgrid.azure.us'],
      },
      china: {
        hosts: ['*.eventgrid.azure.cn'],
        audiences: ['https://eventgrid.azure.cn'],
        unconfirmed: ['*.eventgrid.azure.cn', 'https://eventgrid.azure.cn'],
      },
    },
    source: 'SDK, DNS, SPN, MERILL',
  },
  signalR: {
    name: 'Azure SignalR Service',
    appIds: ['cdad765c-f191-43ba-b9f5-7aef392f811d'],
    listeners: 'microsoft',
    target: 'dataPlane',
    places: {
      public: {
        hosts: ['*.service.signalr.net'],
        audiences: ['https://signalr.azure.com'],
        unconfirmed: ['https://signalr.azure.com'],
      },
      usgov: {
        hosts: ['*.signalr.azure.us'],
        audiences: ['https://signalr.azure.us'],
        unconfirmed: ['*.signalr.azure.us', 'https://signalr.azure.us'],
      },
      china: {
        hosts: ['*.signalr.azure.cn'],
        audiences: ['https://signalr.azure.cn'],
        unconfirmed: ['*.signalr.azure.cn', 'https://signalr.azure.cn'],
      },
    },
    source: 'DNS, SPN',
  },
  // The headers of a client that connects are handed to its owner's event handlers. Its application is SignalR's (SPN).
  webPubSub: {
    name: 'Azure Web PubSub',
    listeners: 'mixed',
    target: 'dataPlane',
    alsoTakes: ['signalR'],
    places: {
      public: { hosts: ['*.webpubsub.azure.com'], audiences: ['https://webpubsub.azure.com'] },
      usgov: {
        hosts: ['*.webpubsub.azure.us'],
        audiences: ['https://webpubsub.azure.us'],
        unconfirmed: ['*.webpubsub.azure.us', 'https://webpubsub.azure.us'],
      },
      china: {
        hosts: ['*.webpubsub.azure.cn'],
        audiences: ['https://webpubsub.azure.cn'],
        unconfirmed: ['*.webpubsub.azure.cn', 'https://webpubsub.azure.cn'],
      },
    },
    source: 'SDK, DNS, SPN',
  },
  iotHub: {
    name: 'Azure IoT Hub',
    listeners: 'microsoft',
    places: {
      public: {
        hosts: ['*.azure-devices.net'],
        audiences: ['https://iothubs.azure.net'],
        unconfirmed: ['https://iothubs.azure.net'],
      },
      usgov: {
        hosts: ['*.azure-devices.us'],
        audiences: ['https://iothubs.azure.us'],
        unconfirmed: ['https://iothubs.azure.us'],
      },
      china: {
        hosts: ['*.azure-devices.cn'],
        audiences: ['https://iothubs.azure.cn'],
        unconfirmed: ['*.azure-devices.cn', 'https://iothubs.azure.cn'],
      },
    },
    source: 'GOV, DNS',
  },
  deviceProvisioning: {
    name: 'IoT Hub Device Provisioning Service',
    appIds: ['0cd79364-7a90-4354-9984-6e36c841418d'],
    listeners: 'microsoft',
    places: {
      public: {
        hosts: ['*.azure-devices-provisioning.net'],
        audiences: ['https://azure-devices-provisioning.net'],
        unconfirmed: ['https://azure-devices-provisioning.net'],
      },
      usgov: {
        hosts: ['*.azure-devices-provisioning.us'],
        audiences: ['https://azure-devices-provisioning.us'],
        unconfirmed: ['https://azure-devices-provisioning.us'],
      },
    },
    source: 'DNS, SPN',
  },
  iotCentral: {
    name: 'Azure IoT Central',
    listeners: 'microsoft',
    places: { public: { hosts: ['*.azureiotcentral.com'], audiences: ['https://apps.azureiotcentral.com'] } },
    source: 'DNS',
  },
  deviceUpdate: {
    name: 'Device Update for IoT Hub',
    listeners: 'microsoft',
    places: { public: { hosts: ['*.api.adu.microsoft.com'], audiences: ['https://api.adu.microsoft.com'] } },
    source: 'DNS',
  },
  digitalTwins: {
    name: 'Azure Digital Twins',
    appIds: ['0b07f429-9f4b-4714-9392-cc5e8e80c8b0'],
    listeners: 'microsoft',
    target: 'dataPlane',
    places: { public: { hosts: ['*.digitaltwins.azure.net'], audiences: ['https://digitaltwins.azure.net'] } },
    source: 'SDK, DNS',
  },
  communication: {
    name: 'Azure Communication Services',
    appIds: ['632ec9eb-fad7-4cbd-993a-e72973ba2acc', '1fd5118e-2576-4263-8130-9503064c837a'],
    listeners: 'microsoft',
    places: {
      public: {
        hosts: ['*.communication.azure.com'],
        audiences: ['https://communication.azure.com'],
        unconfirmed: ['https://communication.azure.com'],
      },
    },
    source: 'SDK, SPN, AZMCP',
  },
} as const satisfies Record<string, AzureService>;
