/**
 * As much of transformers.js as Wasl uses, with a model of a few ideas: words of one idea are near, all others are far.
 * Loaded by its address, also in a thread; a folder named `broken` cannot be loaded, `stuck` never is, the word "forever" is never read.
 */
const ideas = [
  ['password', 'secret', 'login', 'المرور', 'السر'],
  ['card', 'badge', 'بطاقة', 'هوية'],
  ['open', 'hours', 'shut', 'الدوام', 'تفتحون'],
  ['pay', 'fees', 'bill', 'رسوم', 'فاتورة'],
];
const width = ideas.length + 8;

const placeOf = (word: string): number => {
  const idea = ideas.findIndex((words) => words.includes(word));
  if (idea >= 0) return idea;
  return ideas.length + ([...word].reduce((sum, letter) => sum + (letter.codePointAt(0) ?? 0), 0) % 8);
};

const vectorOf = (text: string): Float32Array => {
  const vector = new Float32Array(width);
  for (const word of text.toLowerCase().match(/\p{L}+/gu) ?? []) {
    const place = placeOf(word);
    vector[place] = (vector[place] ?? 0) + (place < ideas.length ? 3 : 0.4);
  }
  const length = Math.hypot(...vector) || 1;
  return vector.map((one) => one / length);
};

export const env: Record<string, unknown> = {};

export const pipeline = async (task: string, model: string, options: { local_files_only?: boolean }) => {
  if (task !== 'feature-extraction' || env.allowRemoteModels !== false || !options.local_files_only)
    throw new Error('this would have been fetched');
  if (model === 'stuck') await new Promise(() => setInterval(() => undefined, 60_000));
  if (model === 'broken') throw new Error('protobuf parsing failed');
  return async (texts: string[], how: { pooling: string; normalize: boolean }) => {
    if (!how.normalize) throw new Error('lengths differ');
    if (texts.some((text) => text.includes('explode'))) throw new Error('out of memory');
    if (texts.some((text) => text.includes('forever'))) await new Promise(() => undefined);
    const data = new Float32Array(texts.length * width);
    texts.forEach((text, row) => {
      data.set(vectorOf(text), row * width);
    });
    return { data, dims: [texts.length, width] };
  };
};
