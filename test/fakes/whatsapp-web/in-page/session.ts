import type { SocketState, Trouble } from '../wire.ts';
import { Emitter } from './emitter.ts';
import { type Link, session } from './link.ts';

class SocketModel extends Emitter {
  state: SocketState = 'OPENING';
  hasSynced = false;
  readonly #link: Link;

  constructor(link: Link) {
    super();
    this.#link = link;
  }

  turn(state: SocketState): void {
    this.state = state;
    this.trigger('change:state', this, state);
  }
  async logout(): Promise<void> {
    await this.#link.emitWithAck('loggedOut');
    await session.forget();
  }
  takeover(): void {
    this.#link.emit('takeover');
    this.turn('CONNECTED');
  }
  reconnect(): void {
    this.turn('CONNECTED');
  }
}

class ConnModel extends Emitter {
  ref = '';
  pushname = '';
  readonly platform = 'android';
  trouble: Trouble = 'none';

  serialize(): Record<string, unknown> {
    if (this.trouble === 'never-ready') throw new Error('Conn is not there yet');
    return { ref: this.ref, pushname: this.pushname, platform: this.platform };
  }
}

/** The login of the page: what it shows before it is linked, and how it becomes ready. */
export class Login {
  readonly socket: SocketModel;
  readonly conn = new ConnModel();
  readonly commands = new Emitter();
  progress = 0;

  constructor(link: Link) {
    this.socket = new SocketModel(link);
  }

  showRef(ref: string): void {
    if (this.conn.ref === ref) return;
    this.conn.ref = ref;
    this.conn.trigger('change:ref', this.conn, ref);
  }

  async connect(): Promise<void> {
    this.socket.turn('CONNECTED');
    if (this.conn.trouble === 'never-synced') return;
    await this.socket.whenHeard('change:hasSynced');
    for (const percent of [40, 100]) {
      this.progress = percent;
      this.commands.trigger('offline_progress_update_from_bridge');
    }
    this.resync();
  }

  resync(): void {
    this.socket.hasSynced = true;
    this.socket.trigger('change:hasSynced', this.socket, true);
  }

  async pair(linked: string): Promise<void> {
    this.socket.turn('PAIRING');
    await session.write(linked);
    await this.connect();
  }

  /**
   * Unlinked from the phone: the page says so and starts again. WhatsApp goes to `?post_logout=1`; here it is the plain address,
   * the only one that the library answers from its file.
   */
  async unlink(): Promise<void> {
    await session.forget();
    this.commands.trigger('logout');
    setTimeout(() => location.reload(), 100);
  }
}
