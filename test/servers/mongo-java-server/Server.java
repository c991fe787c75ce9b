import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.MongoVersion;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import java.util.List;

/**
 * mongo-java-server as a server for tests: Server &lt;port&gt; [file]. With a file it keeps its data there (H2), else in memory.
 * It ends when it is asked to, and when its standard input is closed: it never outlives the tests that started it.
 */
final class Server {
    /** What it says it is: a driver of today refuses a server that speaks an older wire protocol. */
    private record Version() implements MongoVersion {
        public List<Integer> getVersionArray() {
            return List.of(6, 0, 0);
        }

        public int getWireVersion() {
            return 17;
        }
    }

    public static void main(String[] words) throws Exception {
        var backend = words.length > 1 ? new H2Backend(words[1]) : new MemoryBackend();
        var server = new MongoServer(backend.version(new Version()));
        Runtime.getRuntime().addShutdownHook(new Thread(server::shutdownNow));
        server.bind("127.0.0.1", Integer.parseInt(words[0]));
        System.in.transferTo(java.io.OutputStream.nullOutputStream());
        System.exit(0);
    }
}
