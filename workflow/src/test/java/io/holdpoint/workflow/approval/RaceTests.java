package io.holdpoint.workflow.approval;

import static io.holdpoint.workflow.approval.ApprovalRoom.approve;
import static io.holdpoint.workflow.approval.ApprovalRoom.approversAre;
import static io.holdpoint.workflow.approval.ApprovalRoom.reject;
import static io.holdpoint.workflow.approval.ApprovalRoom.request;
import static io.holdpoint.workflow.approval.ApprovalRoom.reviewer;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdpoint.workflow.audit.AuditEntry.OutcomeReached;
import io.holdpoint.workflow.database.TestDatabases;
import io.holdpoint.workflow.people.Person;
import io.holdpoint.workflow.people.PersonId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
class RaceTests {

    private static final int ROUNDS = Integer.getInteger("holdpoint.races", 500);
    private static final int REVIEWERS = 4;

    private final ApprovalRoom room;

    RaceTests(TestDatabases database) {
        room = ApprovalRoom.on(database);
    }

    @Test
    void ofReviewsAtTheSameMomentOneDecidesAndTheOthersAreToldByWhom() {
        var people = new ArrayList<PersonId>();
        for (var number = 0; number < REVIEWERS; number++) {
            people.add(new PersonId("racer" + number));
        }
        room.setPeople(people.stream()
                .map(person -> reviewer(person, "Racer " + person, "racers"))
                .toArray(Person[]::new));
        for (var round = 0; round < ROUNDS; round++) {
            race(people);
        }
    }

    private void race(List<PersonId> people) {
        var id = room.open(request(approversAre("racers"))).id();
        var winners = new CopyOnWriteArrayList<PersonId>();
        var losers = new CopyOnWriteArrayList<ReviewRefused>();
        Race.of(people.size(), number -> {
            var person = people.get(number);
            try {
                room.approvals().review(id, number % 2 == 0 ? approve(person) : reject(person, "no"));
                winners.add(person);
            } catch (ReviewRefused lost) {
                losers.add(lost);
            }
        });
        assertThat(winners).hasSize(1);
        assertThat(losers)
                .hasSize(people.size() - 1)
                .hasOnlyElementsOfType(ReviewRefused.AlreadyResolved.class)
                .allSatisfy(lost -> assertThat(lost).hasMessageContaining("Racer " + winners.get(0)));
        assertThat(room.approvals().find(id).orElseThrow().decidedBy()).contains(winners.get(0));
        assertThat(room.audit.of(id, OutcomeReached.class)).hasSize(1);
    }
}
