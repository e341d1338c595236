import { Button } from '@mantine/core';
import { call } from '@renderer/api/client';
import { wordsOf } from '@renderer/strings';
import { shell as words } from '@renderer/strings/shell';
import { CopyButton } from '@renderer/ui/States';
import { Component, type ErrorInfo, type ReactNode } from 'react';
import css from './frame.module.css';

interface State {
  error: Error | undefined;
  stack: string;
}

/** A bug in one screen: what happened, nothing is lost, copy details, try again. The rail stays. */
export class ScreenCrash extends Component<{ children: ReactNode }, State> {
  override state: State = { error: undefined, stack: '' };

  static getDerivedStateFromError(error: unknown): Partial<State> {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override componentDidCatch(_error: unknown, info: ErrorInfo): void {
    this.setState({ stack: info.componentStack ?? '' });
  }

  protected whole = false;

  override render(): ReactNode {
    const { error, stack } = this.state;
    if (!error) return this.props.children;
    const w = wordsOf(words).crash;
    const details = `${error.stack ?? error.message}\n${stack}`;
    return (
      <main className={css.center}>
        <div className={css.card} role="alert">
          <h1>{this.whole ? w.whole : w.title}</h1>
          <p>{w.body}</p>
          <pre className={css.details}>{error.message}</pre>
          <div className={css.buttons}>
            {this.whole ? (
              <Button onClick={() => location.reload()}>{w.restart}</Button>
            ) : (
              <Button onClick={() => this.setState({ error: undefined, stack: '' })}>{w.again}</Button>
            )}
            {!this.whole && (
              <Button
                variant="default"
                onClick={() => {
                  void call('shell/restart-backend', {}).catch(() => undefined);
                  location.reload();
                }}
              >
                {w.restart}
              </Button>
            )}
            <CopyButton text={details} label={wordsOf(words).copyDetails} />
          </div>
        </div>
      </main>
    );
  }
}

/** The net under everything. */
export class WholeCrash extends ScreenCrash {
  protected override whole = true;
}
