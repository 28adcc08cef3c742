package io.holdpoint.workflow.audit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EntryRowTests {

    @Test
    void anOrdinaryTextIsSearchedAsItIs() {
        assertThat(EntryRow.searchable("list_studies é")).isEqualTo("list_studies é");
    }

    @Test
    void aWholeSurrogatePairIsKept() {
        assertThat(EntryRow.searchable("a😀b")).isEqualTo("a😀b");
    }

    @Test
    void whatPostgreSqlDoesNotStoreIsReplaced() {
        assertThat(EntryRow.searchable("a\0b\ud800c\udc00")).isEqualTo("a\ufffdb\ufffdc\ufffd");
    }

    @Test
    void aLongTextIsCutToTheColumn() {
        assertThat(EntryRow.searchable("x".repeat(256))).hasSize(255);
    }

    @Test
    void aCutThroughASurrogatePairLeavesNoHalf() {
        assertThat(EntryRow.searchable("x".repeat(254) + "😀")).endsWith("x\ufffd");
    }
}
