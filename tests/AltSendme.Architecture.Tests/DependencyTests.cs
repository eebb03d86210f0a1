using AltSendme.Abstractions;

namespace AltSendme.Architecture.Tests;

/// <summary>The directions of dependency: one way, as the map in docs/architecture.md has them.</summary>
public sealed class DependencyTests
{
    private static readonly ProjectMap Map = ProjectMap.Read();

    // What transports share speaks the contract, as they do.
    private const string SharedByTransports = "AltSendme.DirectConnections";

    private static readonly Dictionary<string, string[]> Core = new()
    {
        ["AltSendme.Primitives"] = [],
        ["AltSendme.Abstractions"] = [],
        ["AltSendme.Blobs"] = ["AltSendme.Primitives"],
        ["AltSendme.Core"] = ["AltSendme.Abstractions", "AltSendme.Blobs", "AltSendme.Primitives"],
        ["AltSendme.Service.Client"] = ["AltSendme.Core"],
        ["AltSendme.Service"] = ["AltSendme.Core", "AltSendme.Service.Client"],
        ["AltSendme.Cli"] = ["AltSendme.Core", "AltSendme.Service.Client"],
    };

    public static TheoryData<string> CoreProjects => [.. Map.In("core")];

    public static TheoryData<string> PluginProjects => [.. Map.In("plugins").Where(IsPlugin)];

    public static TheoryData<string> ProtocolLibraries => [.. Map.In("plugins").Where(static name => !IsPlugin(name) && !IsKit(name) && name != SharedByTransports)];

    [Theory]
    [MemberData(nameof(CoreProjects))]
    public void A_core_project_references_only_what_lies_below_it(string project)
    {
        Assert.True(Core.TryGetValue(project, out var allowed), $"{project} is not on the map; add it here and to the architecture page.");

        Assert.Empty(Map.References[project].Except(allowed));
    }

    [Theory]
    [MemberData(nameof(PluginProjects))]
    public void A_plugin_references_the_contract_the_primitives_and_its_protocol_library(string project)
    {
        var libraries = Map.In("plugins").Where(static name => !IsPlugin(name) && !IsKit(name));

        Assert.Empty(Map.References[project].Except(["AltSendme.Abstractions", "AltSendme.Primitives", .. libraries]));
    }

    [Theory]
    [MemberData(nameof(ProtocolLibraries))]
    public void A_protocol_library_references_the_primitives_alone(string project) => Assert.Empty(Map.References[project].Except(["AltSendme.Primitives"]));

    [Fact]
    public void What_transports_share_references_the_contract_the_primitives_and_protocol_libraries() =>
        Assert.Empty(Map.References[SharedByTransports].Except(["AltSendme.Abstractions", "AltSendme.Primitives", .. Map.In("plugins").Where(static name => !IsPlugin(name) && !IsKit(name) && name != SharedByTransports)]));

    [Fact]
    public void The_kit_for_authors_references_the_contract_and_the_primitives_alone() =>
        Assert.All(Map.In("plugins").Where(IsKit), static name => Assert.Empty(Map.References[name].Except(["AltSendme.Abstractions", "AltSendme.Primitives"])));

    [Fact]
    public void No_project_outside_the_tests_references_a_test_project()
    {
        var offenders = Map.References.Where(entry => !Map.Folders[entry.Key].StartsWith("tests/", StringComparison.Ordinal) && entry.Value.Any(name => Map.Folders[name].StartsWith("tests/", StringComparison.Ordinal)));

        Assert.Empty(offenders.Select(static entry => entry.Key));
    }

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        var solution = File.ReadAllText(Path.Combine(Map.Root, "AltSendme.sln")).Replace('\\', '/');

        Assert.All(Map.Folders, entry => Assert.Contains($"{entry.Value}/{entry.Key}.csproj", solution, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_library_has_a_test_project()
    {
        // What tests others is tested by those that derive from it.
        var libraries = Map.In("core").Concat(Map.In("plugins")).Where(static name => !IsKit(name));

        Assert.All(libraries, name => Assert.Contains(name + ".Tests", Map.Folders));
    }

    [Fact]
    public void The_contract_names_no_type_outside_itself_the_runtime_and_the_two_extension_abstractions()
    {
        var allowed = new[] { "AltSendme.Abstractions", "Microsoft.Extensions.Configuration.Abstractions", "Microsoft.Extensions.Logging.Abstractions", "netstandard", "mscorlib" };

        var references = typeof(IPlugin).Assembly.GetReferencedAssemblies().Select(static reference => reference.Name!);

        Assert.Empty(references.Where(name => !name.StartsWith("System.", StringComparison.Ordinal)).Except(allowed));
    }

    // What plugin authors build with: it sees the contract, as they do.
    private static bool IsKit(string name) => Map.Folders[name].StartsWith("plugins/sdk/", StringComparison.Ordinal);

    // A plugin carries its kind in its name; a protocol library beside it does not.
    private static bool IsPlugin(string name) => name.StartsWith("AltSendme.Transports.", StringComparison.Ordinal) || name.StartsWith("AltSendme.Discovery.", StringComparison.Ordinal) || name.StartsWith("AltSendme.Relays.", StringComparison.Ordinal);
}
