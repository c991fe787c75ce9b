import busboy from 'busboy';
import type { NextFunction, Request, Response } from 'express';

/** The file of a form, and its fields in the body. Files without a name count: the client gives none. */
export function readForm(request: Request, response: Response, next: NextFunction): void {
  if (!request.is('multipart/form-data')) {
    next();
    return;
  }
  const form = busboy({ headers: request.headers });
  const fields: Record<string, string> = {};
  form.on('field', (name, value) => {
    fields[name] = value;
  });
  form.on('file', (name, stream) => {
    const parts: Buffer[] = [];
    stream.on('data', (part: Buffer) => parts.push(part));
    stream.on('end', () => {
      if (name === 'media') response.locals.file = Buffer.concat(parts);
      else fields[name] = '';
    });
  });
  form.on('close', () => {
    request.body = fields;
    next();
  });
  form.on('error', next);
  request.pipe(form);
}
