import './style.css';
import { render } from 'preact';
import { Header } from './components/header.js';
import { SignInPage } from './components/sign-in-page.js';
import { followGateway } from './live/feed.js';
import { feedState } from './live/picture.js';
import { followLinks, path } from './routing/location.js';
import { pageOf } from './routing/routes.js';
import { TEXTS } from './texts.js';

function App() {
  if (feedState.value === 'signed-out') return <SignInPage />;
  const page = pageOf(path.value);
  return (
    <>
      <Header />
      <div class={feedState.value === 'reconnecting' ? 'stale' : ''}>
        {page === undefined ? (
          <main>{TEXTS.notFound}</main>
        ) : (
          <page.component key={path.value} id={page.id} />
        )}
      </div>
    </>
  );
}

const root = document.getElementById('app');
if (root !== null) {
  followLinks();
  render(<App />, root);
  followGateway();
}
