import adapt from './adapt.css?inline';
import attachment from './attachment.css?inline';
import composer from './composer.css?inline';
import frame from './frame.css?inline';
import header from './header.css?inline';
import log from './log.css?inline';
import message from './message.css?inline';
import overlay from './overlay.css?inline';
import tray from './tray.css?inline';

/** All styles of the panel; what adapts them to screens and wishes comes last. */
export const panelStyles = [frame, header, log, message, attachment, composer, tray, overlay, adapt].join('\n');
