package dev.alta.scorer.limit;

import io.grpc.netty.shaded.io.netty.buffer.ByteBuf;
import io.grpc.netty.shaded.io.netty.buffer.ByteBufUtil;
import io.grpc.netty.shaded.io.netty.buffer.Unpooled;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.DefaultHttp2HeadersEncoder;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Exception;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2HeadersEncoder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Finds out which method a call is for from its header block, without decoding it (RFC 7541): that
 * is possible where the block refers to nothing that was said before.
 */
final class HeaderBlock {
  /** Of none of the methods, or not to be told from the block alone. */
  static final int UNKNOWN = -1;

  private static final int PATH = 4;
  private static final int LARGEST_STATIC = 61;
  private static final int MOST_BYTES = 3;

  private record Form(int method, ByteBuf value) {}

  private final List<Form> forms = new ArrayList<>();

  /**
   * Takes the methods that are looked for.
   *
   * @param fullNames such as {@code alta.v1.ReadmissionService/Predict}
   */
  HeaderBlock(Collection<String> fullNames) {
    int method = 0;
    for (String name : fullNames) {
      // As they are, and in Huffman's code.
      forms.add(new Form(method, value(name, Integer.MAX_VALUE)));
      forms.add(new Form(method, value(name, 0)));
      method++;
    }
  }

  /** The bytes of the header's value, its length in front of them. */
  private static ByteBuf value(String name, int huffmanFrom) {
    ByteBuf block = Unpooled.buffer();
    try {
      new DefaultHttp2HeadersEncoder(
              Http2HeadersEncoder.ALWAYS_SENSITIVE, false, Long.SIZE, huffmanFrom)
          .encodeHeaders(1, new DefaultHttp2Headers().path("/" + name), block);
    } catch (Http2Exception impossible) {
      throw new IllegalStateException(impossible);
    }
    // The first byte says which header it is.
    return block.skipBytes(1);
  }

  /** Whether a block that begins so begins by changing the size of the table. */
  static boolean changesTable(int firstByte) {
    return (firstByte & 0xe0) == 0x20;
  }

  /** Whether a block that begins so begins by giving up the table. */
  static boolean givesUpTable(int firstByte) {
    return firstByte == 0x20;
  }

  /** Which of the methods the block between two positions is for, from 0 on. */
  int method(ByteBuf bytes, int from, int to) {
    int at = from;
    while (at >= 0 && at < to) {
      int first = bytes.getUnsignedByte(at++);
      boolean isWhole = first >= 0x80;
      int bits = isWhole ? 0x7f : first >= 0x40 ? 0x3f : 0x0f;
      int number = first & bits;
      if (number == bits) {
        // Of the static table's, only such of four bits go on in another byte.
        number += bits == 0x0f && at < to ? bytes.getUnsignedByte(at++) : LARGEST_STATIC;
      }
      if (number > LARGEST_STATIC || changesTable(first)) {
        return UNKNOWN;
      }
      if (number == PATH) {
        return isWhole ? UNKNOWN : ofPath(bytes, at, to);
      }
      if (!isWhole) {
        at = behindText(bytes, number == 0 ? behindText(bytes, at, to) : at, to);
      }
    }
    return UNKNOWN;
  }

  private int ofPath(ByteBuf bytes, int at, int to) {
    for (Form form : forms) {
      int length = form.value().readableBytes();
      if (length <= to - at
          && ByteBufUtil.equals(form.value(), form.value().readerIndex(), bytes, at, length)) {
        return form.method();
      }
    }
    return UNKNOWN;
  }

  /** Where a text ends; -1 where it does not end within the block. */
  private static int behindText(ByteBuf bytes, int from, int to) {
    if (from < 0 || from >= to) {
      return -1;
    }
    int at = from;
    int length = bytes.getByte(at++) & 0x7f;
    if (length == 0x7f) {
      int shift = 0;
      int more;
      do {
        if (at >= to || at - from > MOST_BYTES) {
          return -1;
        }
        more = bytes.getUnsignedByte(at++);
        length += (more & 0x7f) << shift;
        shift += 7;
      } while (more >= 0x80);
    }
    return length <= to - at ? at + length : -1;
  }
}
