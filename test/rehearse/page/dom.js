export const one = (selector, within = document) => within.querySelector(selector);

export const make = (tag, className, text) => {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text !== undefined) element.textContent = text;
  return element;
};

export const icon = (name) => {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  const use = document.createElementNS('http://www.w3.org/2000/svg', 'use');
  use.setAttribute('href', `#icon-${name}`);
  svg.setAttribute('aria-hidden', 'true');
  svg.append(use);
  return svg;
};

/** A button with a word or an icon; an icon has the word as its name. */
export const button = (className, { text, iconName, name }, act) => {
  const element = make('button', className, text);
  element.type = 'button';
  if (iconName) element.append(icon(iconName));
  if (name) {
    element.setAttribute('aria-label', name);
    element.title = name;
  }
  element.addEventListener('click', act);
  return element;
};

/** Follows the end of a list unless somebody has scrolled up. */
export const keepEnd = (list, change, isForced = false) => {
  const wasAtEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 80;
  change();
  if (wasAtEnd || isForced) list.scrollTop = list.scrollHeight;
};

/** Enter sends, Shift+Enter does not. */
export const sendOnEnter = (field, form) =>
  field.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });
