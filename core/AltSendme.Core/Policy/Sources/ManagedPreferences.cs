using AltSendme.Core.Settings.Documents;

namespace AltSendme.Core.Policy.Sources;

/// <summary>Policy as device management puts it on a Mac: a property list that only the system writes.</summary>
internal sealed class ManagedPreferences(string file, FileTrust trust) : IPolicySource
{
    /// <summary>Name of the preferences.</summary>
    public const string Domain = "org.altsendme.AltSendme";

    /// <summary>Where the system keeps managed preferences.</summary>
    public const string Folder = "/Library/Managed Preferences";

    public string Location => file;

    public IReadOnlyList<PolicyPart> Read(List<string> faults)
    {
        try
        {
            _ = File.GetAttributes(file);
            if (trust.FaultOf(file) is { } distrust)
                faults.Add($"{file} {distrust}");
            else if (!PropertyList.TryRead(BoundedFile.Read(file), out var root, out var fault))
                faults.Add($"{file}{fault.Where}: {fault.Message}");
            else
                return [PolicyPart.Of(file, root, faults)];
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            // Nobody manages this machine.
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            faults.Add($"{file} can't be read: {exception.Message.TrimEnd('.')}");
        }

        return [];
    }
}
