// Everything that a page does by itself. Each part looks for its own data attributes and leaves other pages alone;
// without any of them every page still works.
import { initAll } from "./govuk-frontend.min.js";
import { keepByItself } from "./autosave.js";
import { keepDrafts } from "./drafts.js";
import { followProgress } from "./progress.js";
import { warnBeforeSessionEnds } from "./session.js";
import { markerHelpers } from "./markers.js";
import { smallConveniences } from "./conveniences.js";

initAll();
keepDrafts();
keepByItself();
followProgress();
warnBeforeSessionEnds();
smallConveniences();
markerHelpers();
