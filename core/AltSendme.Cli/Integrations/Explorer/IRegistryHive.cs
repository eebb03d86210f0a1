namespace AltSendme.Cli.Integrations.Explorer;

/// <summary>A part of the registry: the user's or the machine's. Keys are paths below it; the value without a name is the empty name. All values here are texts.</summary>
internal interface IRegistryHive
{
    /// <summary>Whether there is such a key.</summary>
    bool HasKey(string key);

    /// <summary>A value, or <see langword="null"/> where there is none that is a text.</summary>
    string? Read(string key, string name);

    /// <summary>Writes a value; makes the key where it is missing.</summary>
    /// <exception cref="UnauthorizedAccessException">This user may not.</exception>
    void Write(string key, string name, string text);

    /// <summary>Removes a value, if it is there.</summary>
    void RemoveValue(string key, string name);

    /// <summary>Removes a key with all that is below it, if it is there.</summary>
    void RemoveTree(string key);

    /// <summary>Removes a key that holds neither values nor keys; leaves any other.</summary>
    void RemoveIfEmpty(string key);
}
