package dev.alta.pipelines.prepare;

import dev.alta.core.split.Place;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.CustomCoder;
import org.apache.beam.sdk.util.VarInt;

/** Writes two numbers. */
final class PlaceCoder extends CustomCoder<Place> {
  @Override
  public void encode(Place place, OutputStream out) throws IOException {
    VarInt.encode(place.hash(), out);
    VarInt.encode(place.patient(), out);
  }

  @Override
  public Place decode(InputStream in) throws IOException {
    return new Place(VarInt.decodeLong(in), VarInt.decodeLong(in));
  }

  @Override
  public void verifyDeterministic() {}
}
