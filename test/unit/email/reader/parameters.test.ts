import { describe, expect, it } from 'vitest';
import { readParameters } from '../../../../channels/email/reader/parameters.ts';
import { inCharset } from './build-mail.ts';

const name = (value: string) => readParameters(value).params.get('name');

describe('parameters', () => {
  it('are read by lower-case name, quoted or bare', () => {
    const read = readParameters('Text/Plain; Charset="utf-8"; format=flowed ; x="a;b\\"c"');
    expect(read.value).toBe('text/plain');
    expect(Object.fromEntries(read.params)).toEqual({ charset: 'utf-8', format: 'flowed', x: 'a;b"c' });
  });

  it('are joined from pieces and decoded as RFC 2231 says', () => {
    expect(name("a/b; name*=utf-8'ar'%D8%AA%D9%82%D8%B1%D9%8A%D8%B1.pdf")).toBe('تقرير.pdf');
    expect(name("a/b; name*1*=%D9%82%D8%B1%D9%8A%D8%B1; name*0*=utf-8''%D8%AA%D9; name*2=.pdf")).toContain('.pdf');
    expect(name("a/b; name*0*=utf-8''%D8%AA%D9; name*1*=%82%D8%B1%D9%8A%D8%B1; name*2=.pdf")).toBe('تقرير.pdf');
    expect(name("a/b; name*=windows-1256''%CA%DE%D1%ED%D1.pdf")).toBe('تقرير.pdf');
    expect(name('a/b; name*0="one "; name*1="two.pdf"')).toBe('one two.pdf');
    expect(name("a/b; name=wrong.pdf; name*=utf-8''right.pdf")).toBe('right.pdf');
  });

  it('are decoded from encoded words and raw bytes', () => {
    expect(name('a/b; name="=?utf-8?B?2KrZgtix2YrYsS5wZGY=?="')).toBe('تقرير.pdf');
    expect(name(`a/b; name="${inCharset('windows-1256', 'تقرير.pdf').toString('latin1')}"`)).toBe('تقرير.pdf');
    expect(name(`a/b; name=${Buffer.from('تقرير سنوي.pdf').toString('latin1')}`)).toBe('تقرير سنوي.pdf');
  });

  it('survive what is broken', () => {
    expect(readParameters(null).value).toBe('');
    expect(name('a/b; name="never closed')).toBe('never closed');
    expect(name("a/b; name*=utf-8''%E")).toBe('%E');
    expect(readParameters('; ; =; name').params.size).toBe(0);
  });
});
