import { shownBy } from '../shown.js';
import { HUBS, INCOMING, OUTGOING, PARTNER_LINK, ROUTING, TOKEN_PULL } from './files.js';
import { may, must, ours, type Section } from './requirement.js';

const sent = shownBy(OUTGOING, 'each carries the token and ids of its own, a body its type');
const hub = shownBy(OUTGOING, 'broadcasts get it too, and finds out who knows a token (RT-07, RT-09, RT-10)');
const swapped = shownBy(ROUTING, 'the answer swaps the parties of the request (RT-04)');

export const MESSAGE_ROUTING: Section = {
  title: 'Message routing',
  prefix: 'RT',
  requirements: {
    'RT-01': must('2.2.1+', 'functional modules name both parties, in requests and answers', sent, swapped),
    'RT-02': must(
      '2.2.1+',
      'versions, credentials and hubclientinfo name none',
      sent,
      shownBy(ROUTING, 'versions, credentials and 2.1.1 carry no routing headers (RT-02)'),
    ),
    'RT-03': must(
      '2.2.1+',
      'they may be missing where each side has one party; we send them',
      sent,
      shownBy(ROUTING, 'where each side has one party the headers may be missing (RT-03)'),
    ),
    'RT-04': must('2.2.1+', 'an answer swaps them', swapped),
    'RT-05': must(
      '2.2.1+',
      'from the party that owns the data to one party',
      shownBy(OUTGOING, 'each is in the name of the party that owns what it tells (RT-01, RT-05)'),
      shownBy(HUBS, 'gets sessions and CDRs for the party of their token only (RT-05, HU-09)'),
      shownBy(PARTNER_LINK, 'of several parties the owner of the token is addressed (SE-03)'),
    ),
    'RT-06': must(
      '2.2.1+',
      'case does not matter, lengths do',
      shownBy(ROUTING, 'lower case headers mean the same parties (RT-06)'),
      shownBy(ROUTING, 'half a party is refused'),
    ),
    'RT-07': may(
      '2.2.1+',
      'what is for everyone behind a hub is addressed to the hub',
      hub,
      shownBy(HUBS, 'is told what is for everyone once, addressed to itself (RT-07, HU-09)'),
    ),
    'RT-08': must(
      '2.2.1+',
      'what a hub sends on for everyone belongs to whom it names, and is answered to the hub',
      shownBy(INCOMING, 'sends on for everyone: the owner is who the object says'),
    ),
    'RT-09': must('2.2.1+', 'without a receiver the hub finds one: for tokens that nobody knows', hub),
    'RT-10': must('2.2.1+', 'lists of a hub are asked of the hub', hub),
    'RT-11': ours(
      '2.2.1+',
      'without a receiver the object says which party of ours is meant, else 2001',
      shownBy(ROUTING, 'without a TO party the object decides, and what stays ambiguous is refused (RT-11)'),
    ),
    'RT-12': ours(
      '2.2.1+',
      'a sender is a party of the connection or of its hub, else 2001',
      shownBy(ROUTING, 'a request from a party that is not of this connection is refused (RT-12)'),
      shownBy(HUBS, 'speaks for itself and the parties that it named, for nobody else (RT-12, S11)'),
    ),
    'RT-13': must(
      '2.2.1+',
      'codes 4xxx are the hub’s: one party cannot be reached, the others can',
      shownBy(HUBS, 'that cannot reach one party does not hold up the others (RT-13, HU-08)'),
      shownBy(PARTNER_LINK, 'OCPI status %i is no answer of the receiver (RT-13)'),
    ),
    'RT-14': may(
      '2.2.1+',
      'what a list has of parties that are not of the connection is left out',
      shownBy(TOKEN_PULL, 'what is no longer listed is invalid (TO-06, TO-07, S11)'),
    ),
  },
};
