/**
 * The least that a chat server may do: a socket.io server that answers each message after one durable insert. Run as a
 * process of its own beside the real one, so that both are measured over the same sockets on the same machine.
 */
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { Server } from 'socket.io';
import { openBare } from './bare-insert.ts';

const bare = openBare();
const http = createServer();
const io = new Server(http, { serveClient: false });

io.of('/web-chat').on('connection', (socket) => {
  const address = randomUUID();
  socket.on('message', ({ text = '' }: { text?: string }, callback: (answer: { id: string }) => void) => {
    const id = bare.insert(address, text);
    callback({ id });
    socket.emit('message', { id: `answer-${id}`, direction: 'outbound', author: 'assistant', text }, () => undefined);
  });
  socket.emit('session', { token: `v1.${address}.none` });
});

process.on('SIGTERM', () => {
  bare.close();
  process.exit(0);
});
http.listen(Number(process.env.PORT), () => process.stdout.write('ready\n'));
