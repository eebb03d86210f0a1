using AltSendme.Core.Receiving;

namespace AltSendme.Core.Tests.Receiving;

public sealed class TargetNamesTests
{
    [Fact]
    public void Equal_names_get_numbers() => Assert.Equal(["a.txt", "a (2).txt", "a (3).txt"], Names(caseSensitive: true, "a.txt", "a.txt", "a.txt"));

    [Fact]
    public void Names_that_differ_in_case_meet_only_where_the_file_system_says_so()
    {
        Assert.Equal(["Readme", "README"], Names(caseSensitive: true, "Readme", "README"));
        Assert.Equal(["Readme", "README (2)"], Names(caseSensitive: false, "Readme", "README"));
    }

    [Fact]
    public void Composed_and_decomposed_names_meet_where_case_is_ignored() => Assert.Equal(["é", "e\u0301 (2)"], Names(caseSensitive: false, "é", "e\u0301"));

    [Fact]
    public void A_folder_makes_way_for_a_file_and_keeps_its_files_together() =>
        Assert.Equal(["a", "a (2)/x", "a (2)/y"], Names(caseSensitive: true, "a", "a/x", "a/y"));

    [Fact]
    public void A_file_makes_way_for_a_folder() => Assert.Equal(["a/x", "a (2)"], Names(caseSensitive: true, "a/x", "a"));

    [Fact]
    public void Folders_that_differ_in_case_are_one_where_the_file_system_says_so() => Assert.Equal(["Dir/a", "Dir/b"], Names(caseSensitive: false, "Dir/a", "dir/b"));

    [Fact]
    public void A_name_that_was_sent_with_a_number_is_respected() => Assert.Equal(["a (2)", "a", "a (3)"], Names(caseSensitive: true, "a (2)", "a", "a"));

    [Fact]
    public void A_hundred_thousand_equal_names_are_told_apart_quickly()
    {
        var names = new TargetNames(new NameRules(Windows: false, CaseSensitive: false));

        var paths = Enumerable.Range(0, 100_000).Select(_ => names.Add("same.txt")).ToHashSet(StringComparer.Ordinal);

        Assert.Equal(100_000, paths.Count);
    }

    private static IReadOnlyList<string> Names(bool caseSensitive, params string[] names)
    {
        var targets = new TargetNames(new NameRules(Windows: false, caseSensitive));
        return [.. names.Select(targets.Add)];
    }
}
