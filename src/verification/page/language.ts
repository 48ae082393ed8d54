/** The languages of the public pages, first the one we fall back to: simplified Chinese, traditional as in Taiwan, English. */
export const LANGUAGES = ['zh', 'zh-TW', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

export const HTML_LANG: Readonly<Record<Language, string>> = { zh: 'zh-CN', 'zh-TW': 'zh-TW', en: 'en' };
/** As those call it who read it. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = {
  zh: '简体中文',
  'zh-TW': '繁體中文',
  en: 'English',
};

const TRADITIONAL = /^zh-(?:tw|hk|mo|hant)\b/;

/**
 * The language to answer in: the one asked for by `?lang=`; else Chinese, unless the browser names languages and Chinese
 * is not among them. Which Chinese is told by the first that the browser names.
 */
export function chooseLanguage(asked: unknown, acceptLanguage: string | undefined): Language {
  const wanted = typeof asked === 'string' ? languageOf(asked.toLowerCase()) : undefined;
  if (wanted !== undefined) {
    return wanted;
  }
  const accepted = (acceptLanguage ?? '').toLowerCase().match(/(?<=^|[,\s])[a-z]{2,3}(?:-[a-z]+)*(?=[;,\s]|$)/g) ?? [];
  const chinese = accepted.find((tag) => /^zh\b/.test(tag));
  return languageOf(chinese ?? '') ?? (accepted.length === 0 ? 'zh' : 'en');
}

function languageOf(tag: string): Language | undefined {
  if (TRADITIONAL.test(tag)) {
    return 'zh-TW';
  }
  return (['zh', 'en'] as const).find((language) => tag.startsWith(language));
}

/** What a document says in two languages: its own words stay in the script they are printed in. */
export function inLanguage({ zh, en }: { readonly zh: string; readonly en: string }, language: Language): string {
  return language === 'en' ? en : zh;
}
