/** A code in groups of four, as it stands on the phone: `ABCD-1234`. */
export const spacedCode = (code: string): string => code.replace(/[\s-]/g, '').replace(/(.{4})(?=.)/g, '$1-');
