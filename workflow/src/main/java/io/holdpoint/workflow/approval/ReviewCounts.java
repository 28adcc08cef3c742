package io.holdpoint.workflow.approval;

import io.holdpoint.bpmn.flow.FlowContract;
import io.holdpoint.workflow.approval.ApprovalRow.Answered;
import io.holdpoint.workflow.approval.Review.Verdict;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** What a flow may read of the reviews given so far, by the contract's names; people are counted, not clicks. */
final class ReviewCounts {

    private ReviewCounts() {}

    /** @param answered all reviews, the one that completes the question last */
    static Map<String, Object> of(List<Answered> answered) {
        var now = answered.get(answered.size() - 1);
        var element = now.element();
        var counts = new LinkedHashMap<String, Object>();
        counts.put(element + ".verdict", word(now.review().verdict()));
        counts.put(
                element + ".approved",
                count(answered, one -> is(one, Verdict.APPROVE) && one.element().equals(element)));
        counts.put(
                element + ".rejected",
                count(answered, one -> is(one, Verdict.REJECT) && one.element().equals(element)));
        counts.put(FlowContract.REVIEWS + ".approved", count(answered, one -> is(one, Verdict.APPROVE)));
        counts.put(FlowContract.REVIEWS + ".rejected", count(answered, one -> is(one, Verdict.REJECT)));
        counts.put(FlowContract.REVIEWS + ".people", answered.size());
        return counts;
    }

    private static String word(Verdict verdict) {
        return verdict == Verdict.APPROVE ? FlowContract.APPROVED : FlowContract.REJECTED;
    }

    private static boolean is(Answered answered, Verdict verdict) {
        return answered.review().verdict() == verdict;
    }

    private static int count(List<Answered> answered, Predicate<Answered> which) {
        return (int) answered.stream().filter(which).count();
    }
}
