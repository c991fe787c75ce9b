import type { ComponentChildren } from 'preact';
import { h } from 'preact';
import type { ChatMessage } from '../protocol.ts';
import { type RichNode, type Run, readRichText, textRuns } from './rich-text.ts';

const link = (href: string, children: ComponentChildren) => (
  <a href={href} {...(/^https?:/i.test(href) ? { target: '_blank', rel: 'noopener noreferrer' } : {})}>
    {children}
  </a>
);

const drawRun = (run: Run): ComponentChildren => {
  if (run.kind === 'link') return link(run.href, <bdi dir="ltr">{run.text}</bdi>);
  return run.kind === 'ltr' ? <bdi dir="ltr">{run.text}</bdi> : run.text;
};

function drawNode(node: RichNode): ComponentChildren {
  if (node.kind === 'text') return textRuns(node.text).map((run) => (run.kind === 'link' ? run.text : drawRun(run)));
  const children = node.children.map(drawNode);
  if (node.tag === 'a') return node.href ? link(node.href, children) : children;
  return node.tag === 'br' ? <br /> : h(node.tag, node.tag === 'code' ? { dir: 'ltr' } : null, children);
}

/** What a message says: the server's formatted text through the allow-list, else its plain text with its line breaks. */
export function MessageText({ message }: { message: ChatMessage }) {
  if (message.html) {
    return (
      <div class="rich" dir="auto">
        {readRichText(message.html).map(drawNode)}
      </div>
    );
  }
  return (
    <p class="plain-text" dir="auto">
      {textRuns(message.text).map(drawRun)}
    </p>
  );
}
