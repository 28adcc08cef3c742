package io.holdpoint.workflow.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PeopleTests {

    /** {@code printf s3cret | sha256sum}. */
    private static final String SHA256_OF_S3CRET = "1ec1c26b50d5d3c58d9583181af8076655fe00756bf7285940ba3670f99fcba0";

    private static final Person ANA =
            person("ana", Set.of("leads"), Set.of(Role.REVIEWER, Role.ADMIN), SHA256_OF_S3CRET);
    private static final Person BO = person("bo", Set.of("leads", "night"), Set.of(Role.REVIEWER), null);
    private static final Person CEM = person("cem", Set.of("leads"), Set.of(Role.ADMIN, Role.OPERATOR), null);
    private static final Person NIGHT = person("night", Set.of(), Set.of(Role.REVIEWER), null);

    private final People people = new People(List.of(ANA, BO, CEM));

    @Test
    void aPersonIsFoundById() {
        assertThat(people.find(new PersonId("bo"))).contains(BO);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nobody", "leads", "", "ANA"})
    void nobodyElseIsFoundById(String id) {
        assertThat(people.find(new PersonId(id))).isEmpty();
    }

    @Test
    void aTokenFindsItsOwner() {
        assertThat(people.byToken("s3cret")).contains(ANA);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "S3cret", "s3cret ", SHA256_OF_S3CRET})
    void noOtherTextIsTheToken(String token) {
        assertThat(people.byToken(token)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"ana, true", "leads, true", "night, true", "days, false", "'', false"})
    void peopleAndGroupsAreKnownByName(String name, boolean known) {
        assertThat(people.knows(name)).isEqualTo(known);
    }

    @Test
    void everybodyStandsInTheOrderOfTheFile() {
        assertThat(new People(List.of(CEM, NIGHT, ANA, BO)).all()).containsExactly(CEM, NIGHT, ANA, BO);
    }

    @Test
    void aGroupResolvesInTheOrderOfTheFile() {
        var many = List.of("h", "g", "f", "e", "d", "c", "b", "a").stream()
                .map(id -> person(id, Set.of("leads"), Set.of(Role.REVIEWER), null))
                .toList();
        assertThat(new People(many).resolve(List.of("leads")))
                .containsExactlyElementsOf(many.stream().map(Person::id).toList());
    }

    @Test
    void nobodyCanBeAddedLater() {
        assertThatThrownBy(() -> people.all().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void aGroupResolvesToItsReviewers() {
        assertThat(people.resolve(List.of("leads"))).containsExactlyInAnyOrder(ANA.id(), BO.id());
    }

    @Test
    void somebodyNamedWithoutTheRoleIsNotAsked() {
        assertThat(people.resolve(List.of("cem"))).isEmpty();
    }

    @Test
    void somebodyNamedTwiceIsAskedOnceInTheOrderOfTheNames() {
        assertThat(people.resolve(List.of("bo", "ana", "leads", "night"))).containsExactly(BO.id(), ANA.id());
    }

    @Test
    void aNameThatIsAPersonAndAGroupIsThePerson() {
        var both = new People(List.of(BO, NIGHT));
        assertThat(both.resolve(List.of("night"))).containsExactly(NIGHT.id());
    }

    @Test
    void namesNobodyHasResolveToNobody() {
        assertThat(people.resolve(List.of("nobody", ""))).isEmpty();
    }

    @Test
    void withoutNamesThereIsNobodyToAsk() {
        assertThat(people.resolve(List.of())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "LINK, LINK, true",
        "LINK, SLACK, false",
        "SLACK, LOGIN, false",
        "LOGIN, SLACK, true",
        "LOGIN, LOGIN_FRESH, false",
        "LOGIN_FRESH, LINK, true"
    })
    void anAssuranceReachesItselfAndLess(Assurance has, Assurance needs, boolean reaches) {
        assertThat(has.reaches(needs)).isEqualTo(reaches);
    }

    private static Person person(String id, Set<String> groups, Set<Role> roles, String tokenSha256) {
        return new Person(new PersonId(id), id, Optional.empty(), groups, roles, Optional.ofNullable(tokenSha256));
    }
}
