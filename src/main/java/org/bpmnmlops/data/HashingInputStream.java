package org.bpmnmlops.data;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Computes the SHA-256 of what passes through, so that a file is read once. */
final class HashingInputStream extends InputStream {

  private final InputStream in;
  private final MessageDigest digest;
  private final byte[] buffer = new byte[1 << 17];
  private int at;
  private int end;
  private long bytes;

  HashingInputStream(InputStream in) {
    this.in = in;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }

  @Override
  public int read() throws IOException {
    return fill() ? buffer[at++] & 0xFF : -1;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (!fill()) {
      return -1;
    }
    int n = Math.min(length, end - at);
    System.arraycopy(buffer, at, target, offset, n);
    at += n;
    return n;
  }

  /** The first bytes, still to be read. */
  byte[] peek(int length) throws IOException {
    while (end < length && end < buffer.length) {
      int n = in.read(buffer, end, buffer.length - end);
      if (n < 0) {
        break;
      }
      digest.update(buffer, end, n);
      bytes += n;
      end += n;
    }
    byte[] head = new byte[Math.min(length, end)];
    System.arraycopy(buffer, 0, head, 0, head.length);
    return head;
  }

  /** SHA-256 of everything read, in lower-case hexadecimal; to be called once, at the end. */
  String sha256() {
    return HexFormat.of().formatHex(digest.digest());
  }

  long bytes() {
    return bytes;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  private boolean fill() throws IOException {
    if (at < end) {
      return true;
    }
    int n = in.read(buffer, 0, buffer.length);
    if (n < 0) {
      return false;
    }
    digest.update(buffer, 0, n);
    bytes += n;
    at = 0;
    end = n;
    return true;
  }
}
