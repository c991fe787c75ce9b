import { useChat, usePanel, useStateOf, useWords } from './context.ts';
import { mostFiles, type TrayFile, type TrayState } from './file-tray.ts';
import { Icon } from './icons.tsx';
import { sizeOf } from './words.ts';

const faultKeys: Record<NonNullable<TrayState['refused']>['fault'], string> = {
  'too-large': 'fileTooLarge',
  'wrong-type': 'fileWrongType',
  empty: 'fileEmpty',
  'too-many': 'fileTooMany',
};

/** The files that go with the next message, and why the last one could not. */
export function FileTrayView() {
  const { tray } = usePanel();
  const { config } = useChat();
  const { files, refused } = useStateOf(tray.state);
  const say = useWords();
  const limit = sizeOf(config.files.maxBytes, config.language);
  return (
    <>
      <p class="file-fault" role="alert">
        {refused && say(faultKeys[refused.fault], { name: refused.name, limit, count: mostFiles })}
      </p>
      {files.length > 0 && (
        <ul class="tray" aria-label={say('chosenFiles')}>
          {files.map((file) => (
            <TrayLine key={file.key} file={file} />
          ))}
        </ul>
      )}
    </>
  );
}

function TrayLine({ file }: { file: TrayFile }) {
  const { tray } = usePanel();
  const { config } = useChat();
  const say = useWords();
  const { name, size } = file.file;
  return (
    <li class={`tray-line ${file.state}`}>
      <Icon name={file.state === 'failed' ? 'warning' : 'file'} />
      <span class="file-words">
        <bdi class="file-name">{name}</bdi>
        {file.state === 'uploading' && (
          <progress class="bar" max={1} value={file.share} aria-label={say('uploading', { name })} />
        )}
        {file.state === 'ready' && <span class="file-size">{sizeOf(size, config.language)}</span>}
        {file.state === 'failed' && <span class="file-size">{file.reason || say('uploadFailed')}</span>}
      </span>
      {file.state === 'failed' && (
        <button
          type="button"
          class="tray-button"
          aria-label={say('uploadAgain', { name })}
          onClick={() => tray.retry(file.key)}
        >
          <Icon name="retry" />
        </button>
      )}
      <button
        type="button"
        class="tray-button"
        aria-label={say('removeFile', { name })}
        onClick={() => tray.remove(file.key)}
      >
        <Icon name="close" />
      </button>
    </li>
  );
}
