declare module '@nlpjs/core' {
  export interface Container {
    use(plugin: unknown): void;
    get(name: string): unknown;
  }
  export function containerBootstrap(): Promise<Container> | Container;
}
declare module '@nlpjs/nlp' {
  import type { Container } from '@nlpjs/core';
  export interface NlpSettings {
    container: Container;
    languages: string[];
    autoSave: boolean;
    forceNER: boolean;
    nlu: { log: boolean; useNoneFeature: boolean };
  }
  export class Nlp {
    constructor(settings: NlpSettings);
    addLanguage(language: string): void;
    addDocument(language: string, text: string, intent: string): void;
    train(): Promise<unknown>;
    process(language: string, text: string): Promise<unknown>;
    nluManager: unknown;
  }
}
declare module '@nlpjs/lang-ar' {
  export const LangAr: unknown;
}
declare module '@nlpjs/lang-en' {
  export const LangEn: unknown;
}
