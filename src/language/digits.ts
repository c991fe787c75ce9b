/** The text with Arabic-Indic (٠-٩) and Persian (۰-۹) digits written 0-9; nothing else changes. */
export const asciiDigits = (text: string): string =>
  text.replace(/[٠-٩۰-۹]/g, (digit) => String((digit.codePointAt(0) ?? 0) & 0xf));
