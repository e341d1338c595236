// Tiny on purpose: the static frame of index.html is painted before React, Mantine and their css are even asked for.
void import('./mount').then(({ mount }) => mount());
