import { bridge, call, type Out } from '@renderer/api/client';
import { useCallback, useEffect, useState } from 'react';

export type QuitQuestion = NonNullable<Out<'shell/quit-question'>>;

/** Somebody wants to quit while texts would stay behind: what is asked, and how it is answered. */
export function useQuitQuestion(): {
  question: QuitQuestion | null;
  answer: (choice: 'background' | 'quit' | 'cancel', remember: boolean) => void;
} {
  const [question, setQuestion] = useState<QuitQuestion | null>(null);
  useEffect(() => {
    // Asking is the sign that somebody can see it; a page that was just drawn anew may have missed the word.
    const ask = () => call('shell/quit-question', {}).then(setQuestion, () => undefined);
    void ask();
    return bridge().on('quit', () => void ask());
  }, []);
  const answer = useCallback((choice: 'background' | 'quit' | 'cancel', remember: boolean) => {
    setQuestion(null);
    void call('shell/answer-quit', { choice, remember }).catch(() => undefined);
  }, []);
  return { question, answer };
}
