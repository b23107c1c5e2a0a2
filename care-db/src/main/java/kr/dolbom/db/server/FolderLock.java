package kr.dolbom.db.server;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.ReentrantLock;

/// Lets one thread of one process at a time work on a folder. The system gives the lock back when the process dies.
final class FolderLock implements AutoCloseable {
    /// A file lock holds between processes only; within this one all folders share a lock.
    private static final ReentrantLock IN_THIS_PROCESS = new ReentrantLock();

    private final FileChannel channel;
    private final FileLock lock;

    private FolderLock(FileChannel channel, FileLock lock) {
        this.channel = channel;
        this.lock = lock;
    }

    /// Waits for the lock that the file stands for.
    static FolderLock take(Path file) throws IOException {
        IN_THIS_PROCESS.lock();
        try {
            ServerUser.createFolders(file.getParent());
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            return new FolderLock(channel, channel.lock());
        } catch (IOException | RuntimeException e) {
            IN_THIS_PROCESS.unlock();
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        try (channel) {
            lock.release();
        } finally {
            IN_THIS_PROCESS.unlock();
        }
    }
}
