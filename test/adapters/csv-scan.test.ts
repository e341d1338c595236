import { createHash } from 'node:crypto';
import { foreignKind } from '@adapters/csv/foreign';
import { ByteScan, scanFile } from '@adapters/csv/scan';
import { guessDelimiter } from '@adapters/csv/sniff';
import { AppError } from '@domain/errors';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aFile } from '../support/imports';

const text = 'name,note\nJosé,5 €\nZoë,😀\n';
const utf16 = Buffer.from(text, 'utf16le');
const latin = Buffer.from('name;note\nJos\u00e9;5 \u0080\n', 'latin1');

describe('what a file is, by its bytes', () => {
  it.each([
    ['ASCII', 'a,b\n', 'utf-8', false],
    ['UTF-8', text, 'utf-8', false],
    ['UTF-8 with a mark', `\ufeff${text}`, 'utf-8', false],
    ['UTF-16 LE with a mark', Buffer.concat([Buffer.from([0xff, 0xfe]), utf16]), 'utf-16le', false],
    ['UTF-16 BE with a mark', Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(utf16).swap16()]), 'utf-16be', false],
    ['UTF-16 LE without a mark', utf16, 'utf-16le', true],
    ['UTF-16 BE without a mark', Buffer.from(utf16).swap16(), 'utf-16be', true],
    ['Windows-1252', latin, 'windows-1252', true],
    ['UTF-8 cut off in a character', Buffer.from('José').subarray(0, 4), 'windows-1252', true],
  ])('%s', async (_, content, encoding, guessed) => {
    const scan = await scanFile(aFile(content));
    expect(scan).toMatchObject({ encoding, guessed, size: Buffer.byteLength(content) });
    expect(scan.hash).toBe(createHash('sha256').update(content).digest('hex'));
  });

  it('finds the one wrong byte far behind the head', async () => {
    const far = Buffer.concat([Buffer.from('a,b\n'.repeat(700_000)), latin]);
    expect(await scanFile(aFile(far))).toMatchObject({ encoding: 'windows-1252', guessed: true });
  });

  it('does not depend on where the pieces end', () => {
    const bytes = Buffer.from('é€😀aé');
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 9 }), fc.boolean(), (sizes, broken) => {
        const whole = broken ? Buffer.concat([bytes, Buffer.from([0xc3])]) : bytes;
        const scan = new ByteScan(whole);
        for (let i = 0, n = 0; i < whole.length; n++) {
          const size = sizes[n % sizes.length] as number;
          scan.push(whole.subarray(i, i + size));
          i += size;
        }
        expect(scan.end().encoding).toBe(broken ? 'windows-1252' : 'utf-8');
      }),
    );
  });

  it.each([
    ['ods', 'PK\u0003\u0004....mimetypeapplication/vnd.oasis.opendocument.spreadsheet'],
    ['numbers', 'PK\u0003\u0004.....Index/Document.iwa'],
    ['document', 'PK\u0003\u0004....[Content_Types].xml word/document.xml'],
    ['zip', 'PK\u0003\u0004....sales.csv'],
    ['xls', '<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>'],
    ['pdf', '%PDF-1.4'],
    ['pdf', '\n %PDF-1.4'],
    ['picture', 'GIF89a'],
    ['web-page', '<!DOCTYPE html><html><body>Sign in'],
    ['web-table', '<html><body><table border=1><tr><td>Date'],
    ['json', '[\n  {"id": 1}\n]'],
    ['json', '{"orders":[]}'],
    ['bank', '!Type:Bank\nD1/1/26\n'],
    ['document', '{\\rtf1'],
  ])('%s, whatever its name says', async (found, content) => {
    const path = aFile(Buffer.from(content, 'latin1'), 'sales.csv');
    const error = await scanFile(path).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(AppError);
    expect((error as AppError).params).toEqual({ found });
  });

  it('an Excel workbook is no text, and read another way', async () => {
    expect(await scanFile(aFile('PK\u0003\u0004.......[Content_Types].xml'))).toMatchObject({ workbook: true, guessed: false });
  });

  it.each(['a,b\n1,2\n', '[id],{name}\n1,2\n', '"{""a"":1}",2\n', 'PK,name\n', '<name>,b\n'])('%j may be a table', (content) => {
    expect(foreignKind(Buffer.from(content))).toBeNull();
  });
});

describe('the delimiter', () => {
  it.each([
    [',', 'a,b,c\n1,2,3\n'],
    [';', 'a;b;c\n"1,5";2;3\n'],
    [';', 'Datum;Betrag\n01.02.2026;1,50\n02.02.2026;2,50\n'],
    ['\t', 'a\tb\n1,5\t2,5\n'],
    ['|', 'a|b|c\n1|2, 3|4\n'],
    [',', 'name,note\nA,"x;y;z\nq;w;e"\nB,"1;2;3"\n'],
    [',', 'one column\n1\n2\n'],
    [',', 'Report, May\n\na,b,c\n1,2,3\n4,5,6\n'],
  ])('%j', (delimiter, content) => expect(guessDelimiter(content)).toBe(delimiter));
});
