import { shownBy } from '../shown.js';
import { must, ours, type Section } from './requirement.js';

const CORE = 'packages/core/test/invoices.test.ts';
const EDGE = 'packages/ocpi/test/invoices.test.ts';
const NAMED = shownBy(CORE, 'and nothing else says what it is about (IR-03, IR-04)');
const TOLD = shownBy(
  'packages/ocpi/test/partner-link.test.ts',
  'an invoice of ours is a POST, its change a PUT, a mistake a DELETE; 2.3.0 alone has them (IR-01, IR-02)',
);

/** Which CDRs an invoice is about. */
export const INVOICES_MODULE: Section = {
  title: 'Invoices',
  prefix: 'IR',
  requirements: {
    'IR-01': must(
      '2.3.0',
      'a record names an invoice and its CDRs; we write it, or the partner does in our name',
      TOLD,
      shownBy(EDGE, 'an invoice that the partner writes is posted, read, put and deleted (IR-01, IR-02)'),
      shownBy(CORE, 'what a partner writes in our name is kept beside ours, and is its own alone (IR-01)'),
    ),
    'IR-02': must(
      '2.3.0',
      'records are posted, put, read and deleted at the receiver, and listed by the sender',
      TOLD,
      shownBy(EDGE, 'an invoice that the partner writes is posted, read, put and deleted (IR-01, IR-02)'),
      shownBy(EDGE, 'ours are a list (IR-02)'),
      shownBy(
        CORE,
        'the partner is told of it once, of its change, and that it was a mistake (IR-01, IR-02)',
      ),
    ),
    'IR-03': ours('2.3.0', 'a credit, whose id is too long for a record, is in none', NAMED),
    'IR-04': must(
      '2.3.0',
      'the list of CDRs decides, and each of them is one that the partner was sent',
      NAMED,
    ),
  },
};
