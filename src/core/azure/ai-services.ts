import type { AzureService } from './service.ts';

/** Who answers with models, search, maps. */
export const AI_SERVICES = {
  cognitiveServices: {
    name: 'Azure Cognitive Services',
    appIds: ['7d312290-28c8-473c-a0ed-8e53749b6d6d'],
    listeners: 'microsoft',
    target: 'dataPlane',
    alsoTakes: ['foundry'],
    places: {
      public: {
        hosts: [
          '*.openai.azure.com',
          '*.cognitiveservices.azure.com',
          '*.api.cognitive.microsoft.com',
          '*.cognitive.microsofttranslator.com',
          '*.speech.microsoft.com',
        ],
        audiences: ['https://cognitiveservices.azure.com'],
      },
      usgov: {
        hosts: ['*.openai.azure.us', '*.cognitiveservices.azure.us'],
        audiences: ['https://cognitiveservices.azure.us'],
        unconfirmed: ['*.openai.azure.us', 'https://cognitiveservices.azure.us'],
      },
      china: {
        hosts: ['*.openai.azure.cn', '*.cognitiveservices.azure.cn'],
        audiences: ['https://cognitiveservices.azure.cn'],
        unconfirmed: ['*.openai.azure.cn', '*.cognitiveservices.azure.cn', 'https://cognitiveservices.azure.cn'],
      },
    },
    source: 'AI, GOV, DNS, SPEECH',
  },
  foundry: {
    name: 'Microsoft Foundry',
    appIds: ['18a66f5f-dbdf-4c17-9dd7-1634712a9cbe'],
    listeners: 'mixed',
    target: 'dataPlane',
    alsoTakes: ['cognitiveServices'],
    places: {
      public: { hosts: ['*.services.ai.azure.com'], audiences: ['https://ai.azure.com'] },
      usgov: {
        hosts: ['*.services.ai.azure.us'],
        audiences: ['https://ai.azure.us'],
        unconfirmed: ['*.services.ai.azure.us', 'https://ai.azure.us'],
      },
    },
    source: 'SDK, AI',
  },
  machineLearning: {
    name: 'Azure Machine Learning',
    appIds: ['0736f41a-0425-4b46-bdb5-1563eff02385'],
    listeners: 'microsoft',
    alsoTakes: ['foundry', 'resourceManager'],
    places: {
      public: {
        hosts: ['*.api.azureml.ms'],
        audiences: ['https://ml.azure.com'],
      },
      usgov: {
        hosts: ['*.api.ml.azure.us'],
        audiences: ['https://ml.azure.us'],
        unconfirmed: ['https://ml.azure.us'],
      },
      china: {
        hosts: ['*.api.ml.azure.cn'],
        audiences: ['https://ml.azure.cn'],
        unconfirmed: ['https://ml.azure.cn'],
      },
    },
    source: 'DNS, AML, SPN',
  },
  // Endpoints and computers run what customers wrote.
  machineLearningEndpoints: {
    name: 'Azure Machine Learning endpoint',
    listeners: 'mixed',
    alsoTakes: ['machineLearning'],
    places: {
      public: {
        hosts: ['*.inference.ml.azure.com', '*.instances.azureml.ms', '*.notebooks.azure.net', '*.models.ai.azure.com'],
        audiences: [],
      },
      usgov: { hosts: ['*.inference.ml.azure.us', '*.instances.azureml.us'], audiences: [] },
      china: { hosts: ['*.inference.ml.azure.cn', '*.instances.azureml.cn'], audiences: [] },
    },
    source: 'DNS',
  },
  search: {
    name: 'Azure AI Search',
    appIds: ['880da380-985e-4198-81b9-e05b1cc53158'],
    listeners: 'microsoft',
    target: 'dataPlane',
    places: {
      public: { hosts: ['*.search.windows.net'], audiences: ['https://search.azure.com'] },
      usgov: { hosts: ['*.search.azure.us', '*.search.windows.us'], audiences: ['https://search.azure.us'] },
      china: {
        hosts: ['*.search.azure.cn'],
        audiences: ['https://search.azure.cn'],
        unconfirmed: ['*.search.azure.cn'],
      },
    },
    source: 'SDK, GOV, DNS',
  },
  maps: {
    name: 'Azure Maps',
    appIds: ['ba1ea022-5807-41d5-bbeb-292c7e1cf5f6'],
    listeners: 'microsoft',
    places: {
      public: {
        hosts: ['atlas.microsoft.com', '*.atlas.microsoft.com'],
        audiences: ['https://atlas.microsoft.com'],
      },
      usgov: {
        hosts: ['atlas.azure.us'],
        audiences: ['https://atlas.azure.us'],
        unconfirmed: ['https://atlas.azure.us'],
      },
    },
    source: 'SDK, GOV, SPN',
  },
  quantum: {
    name: 'Azure Quantum',
    listeners: 'microsoft',
    places: {
      public: {
        hosts: ['*.quantum.azure.com'],
        audiences: ['https://quantum.microsoft.com'],
        unconfirmed: ['https://quantum.microsoft.com'],
      },
    },
    source: 'SDK',
  },
} as const satisfies Record<string, AzureService>;
