/** The languages of the public pages, first the one we fall back to. */
const LANGUAGES = ['zh', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

export const HTML_LANG: Readonly<Record<Language, string>> = { zh: 'zh-CN', en: 'en' };

/**
 * The language to answer in: the one asked for by `?lang=`; else Chinese, unless the browser names languages and Chinese
 * is not among them.
 */
export function chooseLanguage(asked: unknown, acceptLanguage: string | undefined): Language {
  const wanted = LANGUAGES.find((language) => typeof asked === 'string' && asked.toLowerCase().startsWith(language));
  if (wanted !== undefined) {
    return wanted;
  }
  const accepted: string[] = (acceptLanguage ?? '').toLowerCase().match(/(?<=^|[,\s])[a-z]{2,3}(?=[-;,\s]|$)/g) ?? [];
  return accepted.length === 0 || accepted.includes('zh') ? 'zh' : 'en';
}
