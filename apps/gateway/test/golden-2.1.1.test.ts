import { testVectorsFor } from './support/golden-tests.js';

testVectorsFor('2.1.1');
