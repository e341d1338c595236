/** What was asked of the carrier, for assertions about polling cost and stray requests. Lives in memory only. */
export class Journal {
  /** By operation of the specification. */
  readonly requests: Record<string, number> = {};
  /** Requests Twilio would not know: a test that made one has failed. */
  readonly unknownRoutes: string[] = [];

  request(operation: string, known: boolean): void {
    if (known) this.requests[operation] = (this.requests[operation] ?? 0) + 1;
    else if (!this.unknownRoutes.includes(operation)) this.unknownRoutes.push(operation);
  }
}
