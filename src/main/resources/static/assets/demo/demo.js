// The page shows one flow at a time.
import { data } from './page.js';
import './live.js';
import * as identity from './identity.js';
import * as link from './link.js';
import * as windows from './windows.js';

({ identity: identity, link: link }[data.flow] || windows).start();
