using System.Xml.Linq;
using AltSendme.Cli.Integrations.Explorer;

namespace AltSendme.Cli.Tests.Integrations.Explorer;

/// <summary>The manifest for the menu of Windows 11 says what the program is.</summary>
public sealed class PackageManifestTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "integrations", "explorer", "package");

    private static readonly XElement Manifest = XDocument.Load(Path.Combine(Folder, "AppxManifest.xml")).Root!;

    [Fact]
    public void Files_folders_and_the_background_have_the_entries_that_the_program_serves()
    {
        var entries = All("ItemType").ToDictionary(static type => type.Attribute("Type")!.Value, static type => Guid.Parse(type.Elements().Single().Attribute("Clsid")!.Value));

        Assert.Equal(new Dictionary<string, Guid> { ["*"] = ExplorerNames.SendClass, ["Directory"] = ExplorerNames.SendClass, [@"Directory\Background"] = ExplorerNames.ReceiveClass }, entries);
        Assert.Equal(entries.Values.Distinct().Order(), All("Class").Select(static served => Guid.Parse(served.Attribute("Id")!.Value)).Order());
    }

    [Fact]
    public void The_program_is_the_one_that_is_installed()
    {
        Assert.All(Manifest.Descendants().Attributes("Executable"), static attribute => Assert.Equal(ExplorerNames.Program, attribute.Value));
        Assert.Equal("-Embedding", Assert.Single(All("ExeServer")).Attribute("Arguments")!.Value);
        Assert.Equal("true", Assert.Single(All("AllowExternalContent")).Value);
    }

    [Fact]
    public void Older_systems_pass_over_what_they_do_not_know()
    {
        var named = Manifest.Attributes().Where(static attribute => attribute.IsNamespaceDeclaration && attribute.Name.LocalName != "xmlns").Select(static attribute => attribute.Name.LocalName).Order();

        Assert.Equal(named, Manifest.Attribute("IgnorableNamespaces")!.Value.Split(' ').Order());
    }

    [Fact]
    public void Its_pictures_are_there()
    {
        var pictures = Manifest.Descendants().Attributes().Where(static attribute => attribute.Name.LocalName.EndsWith("Logo", StringComparison.Ordinal)).Select(static attribute => attribute.Value).Concat(All("Logo").Select(static logo => logo.Value));

        Assert.All(pictures, static picture => Assert.True(File.Exists(Path.Combine(Folder, picture.Replace('\\', Path.DirectorySeparatorChar))), picture));
    }

    private static IEnumerable<XElement> All(string name) => Manifest.Descendants().Where(element => element.Name.LocalName == name);
}
