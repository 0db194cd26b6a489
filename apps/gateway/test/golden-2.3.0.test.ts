import { testVectorsFor } from './support/golden-tests.js';

testVectorsFor('2.3.0');
