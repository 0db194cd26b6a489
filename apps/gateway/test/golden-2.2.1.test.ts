import { testVectorsFor } from './support/golden-tests.js';

testVectorsFor('2.2.1');
