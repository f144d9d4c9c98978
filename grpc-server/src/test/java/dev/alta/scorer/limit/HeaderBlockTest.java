package dev.alta.scorer.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.netty.shaded.io.netty.buffer.ByteBuf;
import io.grpc.netty.shaded.io.netty.buffer.Unpooled;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.DefaultHttp2HeadersEncoder;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2HeadersEncoder;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HeaderBlockTest {
  // Texts of so many characters, and longer ones, are sent in Huffman's code.
  private static final int ALL = 0;
  private static final int NONE = Integer.MAX_VALUE;

  private final HeaderBlock methods = new HeaderBlock(List.of("a.Service/One", "a.Service/Two"));

  @ParameterizedTest
  @ValueSource(ints = {ALL, NONE})
  void findsTheMethodHoweverItsTextIsSent(int huffmanFrom) throws Exception {
    assertThat(method(block("/a.Service/One", huffmanFrom))).isZero();
    assertThat(method(block("/a.Service/Two", huffmanFrom))).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/a.Service/Twos", "/a.Service/Tw", "/", "/index.html", "a.Service/One"})
  void doesNotKnowOtherPaths(String path) throws Exception {
    assertThat(method(block(path, NONE))).isEqualTo(HeaderBlock.UNKNOWN);
    assertThat(method(block(path, ALL))).isEqualTo(HeaderBlock.UNKNOWN);
  }

  @Test
  void findsNothingWhereABlockRefersToEarlierOnes() throws Exception {
    DefaultHttp2HeadersEncoder encoder = new DefaultHttp2HeadersEncoder();
    ByteBuf first = Unpooled.buffer();
    ByteBuf second = Unpooled.buffer();
    encoder.encodeHeaders(1, headers("/a.Service/One"), first);
    encoder.encodeHeaders(3, headers("/a.Service/One"), second);
    assertThat(method(first)).isZero();
    assertThat(method(second)).isEqualTo(HeaderBlock.UNKNOWN);
  }

  @Test
  void readsNoFurtherThanABlockGoes() throws Exception {
    ByteBuf block = block("/a.Service/One", NONE);
    for (int end = 0; end < block.writerIndex(); end++) {
      ByteBuf part = Unpooled.copiedBuffer(block.slice(0, end));
      assertThat(method(part)).isIn(HeaderBlock.UNKNOWN, 0);
    }
    assertThat(method(Unpooled.wrappedBuffer(new byte[] {0x00, 0x7f, -1, -1, -1, -1, 0x7f})))
        .isEqualTo(HeaderBlock.UNKNOWN);
  }

  private int method(ByteBuf block) {
    return methods.method(block, block.readerIndex(), block.writerIndex());
  }

  private static DefaultHttp2Headers headers(String path) {
    DefaultHttp2Headers headers = new DefaultHttp2Headers();
    headers
        .method("POST")
        .scheme("http")
        .authority("127.0.0.1:1")
        .add("grpc-timeout", "100m")
        .add("content-type", "application/grpc")
        .path(path);
    return headers;
  }

  private static ByteBuf block(String path, int huffmanFrom) throws Exception {
    ByteBuf block = Unpooled.buffer();
    new DefaultHttp2HeadersEncoder(
            Http2HeadersEncoder.ALWAYS_SENSITIVE, false, Long.SIZE, huffmanFrom)
        .encodeHeaders(1, headers(path), block);
    return block;
  }
}
