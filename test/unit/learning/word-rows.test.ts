import { describe, expect, it } from 'vitest';
import { ContentError } from '../../../src/content/content-error.ts';
import { readLines, readWordRows } from '../../../src/learning/word-rows.ts';

const faultsOf = (text: string) => {
  try {
    readWordRows('dialects.txt', text);
  } catch (error) {
    if (error instanceof ContentError) return error.faults;
    throw error;
  }
  return [];
};

describe('a word list', () => {
  it('is read a row a line, in Arabic and Latin commas, without remarks and empty lines', () => {
    expect(readWordRows('dialects.txt', '# wishes\n\nأريد: أبي، ودي , ما ابي\r\n  computer : pc\n')).toEqual([
      { head: 'أريد', forms: ['أبي', 'ودي', 'ما ابي'] },
      { head: 'computer', forms: ['pc'] },
    ]);
  });

  it('takes a comma too many for nothing', () => {
    expect(readWordRows('dialects.txt', 'أريد: أبي,, ودي,')).toEqual([{ head: 'أريد', forms: ['أبي', 'ودي'] }]);
  });

  it('names the file and the line of every faulty row, and what to write', () => {
    expect(faultsOf('# remark\nأريد أبي\nكيف: شلون\n: شنو\nلماذا: ,\n')).toEqual([
      { file: 'dialects.txt', line: 2, message: expect.stringContaining('no colon') },
      { file: 'dialects.txt', line: 4, message: expect.stringContaining('no colon after the first word') },
      { file: 'dialects.txt', line: 5, message: expect.stringContaining('no word after the colon') },
    ]);
  });
});

describe('a file of lines', () => {
  it('is read without remarks and empty lines', () => {
    expect(readLines('# ar\n ما الطقس اليوم \r\n\nwho won\n')).toEqual(['ما الطقس اليوم', 'who won']);
  });
});
