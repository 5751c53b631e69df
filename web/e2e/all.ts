// node --test e2e/all.ts: the site that STRIKEOFF serves, in a browser. One service for all of it.
import './smoke.ts';
import './lists.ts';
import './visit.ts';
import './keyboard.ts';
import './states.ts';
import './staff.ts';
import './commands.ts';
import './history.ts';
import './open_sale.ts';
