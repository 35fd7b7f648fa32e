/** Texts: German is the source, English is complete. One namespace a feature, one file a language. */
import i18next, { type TFunction } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { de } from './de';
import { en } from './en';

export const LANGUAGES = ['de', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

const STORAGE_KEY = 'infoscreen.language';

function rememberedLanguage(): Language {
  return localStorage.getItem(STORAGE_KEY) === 'en' ? 'en' : 'de';
}

function applyLanguage(language: string) {
  document.documentElement.lang = language;
}

export function setUpTexts(): Promise<TFunction> {
  const language = rememberedLanguage();
  applyLanguage(language);
  return i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'de',
    defaultNS: 'common',
    resources: { de, en },
    interpolation: { escapeValue: false },
  });
}

export function changeLanguage(language: Language) {
  localStorage.setItem(STORAGE_KEY, language);
  applyLanguage(language);
  return i18next.changeLanguage(language);
}
