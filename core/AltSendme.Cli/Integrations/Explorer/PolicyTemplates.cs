namespace AltSendme.Cli.Integrations.Explorer;

/// <summary>The templates of group policy, which administrators find in their editor once they are in the system's folder for them.</summary>
/// <param name="source">Where the installation has them.</param>
/// <param name="target">The system's folder: PolicyDefinitions in the Windows folder.</param>
internal sealed class PolicyTemplates(string source, string target)
{
    private static readonly string[] Names = ["AltSendme.admx", Path.Combine("en-US", "AltSendme.adml")];

    /// <summary>The folder that they go to.</summary>
    public string Target => target;

    /// <summary>Whether any is there.</summary>
    public bool IsPresent => Names.Any(name => File.Exists(Path.Combine(target, name)));

    /// <summary>Whether all are there as this installation has them.</summary>
    public bool IsCurrent => Names.All(name => File.Exists(Path.Combine(target, name)) && File.ReadAllBytes(Path.Combine(source, name)).AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(target, name))));

    /// <summary>Puts them there.</summary>
    public void Install()
    {
        foreach (var name in Names)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(target, name))!);
            File.Copy(Path.Combine(source, name), Path.Combine(target, name), overwrite: true);
        }
    }

    /// <summary>Takes them away; the folders are the system's and stay.</summary>
    public void Remove()
    {
        foreach (var name in Names)
            File.Delete(Path.Combine(target, name));
    }
}
