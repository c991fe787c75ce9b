/** One or two letters that stand for a name. Arabic letters would join and change their shape, so one is enough there. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const [first = '', second = ''] = words.map((word) => [...word][0] ?? '');
  return /\p{Script=Arabic}/u.test(first) ? first : (first + second).toUpperCase();
}
