import type { NextFunction, Request, Response } from 'express';

/**
 * Keeps each request once its answer is on its way, and not later, so that whoever has the answer finds it kept; one without
 * an answer when its connection ends.
 */
export const recording =
  (keep: (request: Request, response: Response) => void) =>
  (request: Request, response: Response, next: NextFunction): void => {
    const end = response.end.bind(response);
    let kept = false;
    const once = (): void => {
      if (!kept) keep(request, response);
      kept = true;
    };
    response.end = ((...given: Parameters<typeof end>) => {
      const ended = end(...given);
      once();
      return ended;
    }) as typeof response.end;
    response.on('close', once);
    next();
  };
