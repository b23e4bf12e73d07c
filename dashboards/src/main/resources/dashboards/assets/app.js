/** The entry of the pages: one component draws them all. */
import './components/dashboard-app.js';
