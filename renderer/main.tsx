// Tiny on purpose: the static frame of index.html is painted before React, Mantine and their css are even asked for.
const mounting = import('./mount');
// The counter's code is fetched beside them, not after the first draw; should it fail, its own screen says so.
import('./screens/counter/CounterScreen').catch(() => undefined);
void mounting.then(({ mount }) => mount());
