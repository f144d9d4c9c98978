package dev.alta.scorer.models;

import dev.alta.core.contract.Violation;
import dev.alta.proto.v1.LoadModelRequest;
import dev.alta.proto.v1.LoadModelResponse;
import dev.alta.proto.v1.ModelAdminServiceGrpc;
import dev.alta.proto.v1.RollBackRequest;
import dev.alta.proto.v1.SetAliasRequest;
import dev.alta.proto.v1.SetAliasResponse;
import dev.alta.scorer.call.Refusals;
import dev.alta.scorer.call.Replies;
import dev.alta.scorer.swap.LiveModel;
import dev.alta.scorer.swap.ModelSwap;
import io.grpc.stub.StreamObserver;
import java.util.List;

/** The administering service of {@code alta/v1/readmission.proto}. */
public final class AdminEndpoint extends ModelAdminServiceGrpc.ModelAdminServiceImplBase {
  private final ModelSwap swap;
  private final Catalogue catalogue;

  public AdminEndpoint(ModelSwap swap, Catalogue catalogue) {
    this.swap = swap;
    this.catalogue = catalogue;
  }

  @Override
  public void loadModel(LoadModelRequest request, StreamObserver<LoadModelResponse> reply) {
    List<Violation> violations = AdminCheck.check(request);
    if (violations.isEmpty()) {
      Replies.answer(reply, swap.load(request.getModel()).thenApply(AdminEndpoint::loaded));
    } else {
      Replies.fail(reply, Refusals.error(violations));
    }
  }

  private static LoadModelResponse loaded(ModelSwap.Swapped swapped) {
    return LoadModelResponse.newBuilder()
        .setPreviousVersion(swapped.previous().map(LiveModel::version).orElse(""))
        .setModelAlias(swapped.model().alias())
        .setModelVersion(swapped.model().version())
        .build();
  }

  @Override
  public void setAlias(SetAliasRequest request, StreamObserver<SetAliasResponse> reply) {
    List<Violation> violations = AdminCheck.check(request);
    if (violations.isEmpty()) {
      Replies.answer(
          reply, catalogue.change(registry -> new AliasChange(request, registry).make()));
    } else {
      Replies.fail(reply, Refusals.error(violations));
    }
  }

  @Override
  public void rollBack(RollBackRequest request, StreamObserver<SetAliasResponse> reply) {
    List<Violation> violations = AdminCheck.check(request);
    if (violations.isEmpty()) {
      Replies.answer(reply, catalogue.change(registry -> AliasChange.rollBack(request, registry)));
    } else {
      Replies.fail(reply, Refusals.error(violations));
    }
  }
}
